import { createIngestHandler } from '../../src/ingest/ingest-handler.ts';
import { createMeter } from '../../src/metrics/meter.ts';
import { createProjectorHandlerWith } from '../../src/projector/projector-handler.ts';
import { createQueryHandler } from '../../src/query/query-handler.ts';
import { createReadMappingState } from '../../src/reporter/mapping-state.ts';
import { createReporterHandler } from '../../src/reporter/reporter-handler.ts';
import { createLog } from '../../src/runtime/log.ts';
import { createCommitChange } from '../../src/tables/commit-counter-change.ts';
import { readCounts, visit } from '../browser-requests.ts';
import { captureOutput, lineBytesOf } from './capture-output.ts';
import { type CostTables, openCostTables } from './cost-tables.ts';
import { oneInsert, writeFullCounter } from './full-counter.ts';
import { measureManySessions } from './measure-many-sessions.ts';
import { measurePage } from './measure-page.ts';
import type { MeasuredUnits } from './measured-units.ts';

/**
 * Runs the handlers against the DynamoDB at `endpoint`, in new tables whose names end with `id`, and
 * returns what they consumed, which is always the same. Throws what the handlers throw.
 */
export const measureUnits = async (
  endpoint: string,
  { id, openShards }: { readonly id: string; readonly openShards: number },
): Promise<MeasuredUnits> => {
  const tables = await openCostTables(endpoint, `few-${id}`);
  await writeFullCounter(tables.client, tables.env.COUNTS_TABLE, openShards);
  const { report, ...reads } = await measureReads(tables);
  const { line, ...visits } = await withVisitMetrics(tables);
  const { batch, ...writes } = await measureBatch(tables);
  const { audit, ...crowd } = await measureManySessions(
    await openCostTables(endpoint, `many-${id}`),
  );
  const lineBytes = { visit: line, batch, report, audit };
  const site = { ...reads, ...visits, ...writes, ...crowd, lineBytes };
  return { ...site, page: await measurePage(endpoint, id, site) };
};

/** Measured before the first visit, so that the index is empty. */
const measureReads = async ({ client, meter, env }: CostTables) => {
  const query = createQueryHandler(env, client, '');
  const taken = await meter(() => readCounts(query));
  const { output } = await captureOutput(
    createReporterHandler(env, client, createReadMappingState()),
  );
  const counterRead = taken.unitsByTable.get(env.COUNTS_TABLE) ?? 0;
  return { countsRead: taken.readUnits, counterRead, report: lineBytesOf(output) };
};

const withVisitMetrics = async ({ client, meter, env }: CostTables) => {
  const ingest = createIngestHandler(env, client);
  const first = await captureOutput(() => meter(() => visit(ingest, 1)));
  const second = await captureOutput(() => meter(() => visit(ingest, 1)));
  return {
    newVisit: first.result.writeUnits,
    repeatVisit: second.result.writeUnits,
    line: lineBytesOf(first.output),
  };
};

/** The second batch of a container, which knows the counter and so needs one write. */
const measureBatch = async ({ client, meter, env }: CostTables) => {
  const project = createProjectorHandlerWith({
    commitChange: createCommitChange(client, env.COUNTS_TABLE),
    log: createLog('projector'),
    meter: createMeter(env.COUNTER_NAME),
  });
  await captureOutput(() => project(oneInsert(1)));
  const { result, output } = await captureOutput(() => meter(() => project(oneInsert(2))));
  return { counterWrite: result.writeUnits, batch: lineBytesOf(output) };
};
