import { SITE } from '../../src/domain/counter-name.ts';
import { createIngestHandler } from '../../src/ingest/ingest-handler.ts';
import { createMeter } from '../../src/metrics/meter.ts';
import { createProjectorHandlerWith } from '../../src/projector/projector-handler.ts';
import type { StreamEvent } from '../../src/projector/stream-batch.ts';
import { createQueryHandler } from '../../src/query/query-handler.ts';
import { createLog } from '../../src/runtime/log.ts';
import { createCommitChange } from '../../src/tables/commit-counter-change.ts';
import { SESSION } from '../../src/tables/schema.ts';
import { readCounts, visit } from '../browser-requests.ts';
import { captureOutput, lineBytesOf } from './capture-output.ts';
import { type CostTables, openCostTables } from './cost-tables.ts';
import { oneInsert } from './full-counter.ts';
import { measureManySessions } from './measure-many-sessions.ts';
import type { MeasuredUnits, PageUnits } from './measured-units.ts';

// As long as an address on a blog.
const PAGE = 'blog/how-i-count-my-visitors';
const BOTH = [SITE, PAGE];

/**
 * What the counter of a page adds to `site`, which is the same page with the site's counter alone. Uses new tables in
 * the DynamoDB at `endpoint`, whose names end with `id`.
 */
export const measurePage = async (
  endpoint: string,
  id: string,
  site: Omit<MeasuredUnits, 'page'>,
): Promise<PageUnits> => {
  const view = await measureView(await openTables(endpoint, `page-${id}`));
  const { audit, ...rows } = await measureManySessions(
    await openTables(endpoint, `pages-${id}`),
    PAGE,
  );
  return {
    ...rows,
    newVisit: view.newVisit - site.newVisit,
    countsRead: view.countsRead - site.countsRead,
    counterRead: view.counterRead - site.counterRead,
    lineBytes: {
      visit: view.lineBytes.visit - site.lineBytes.visit,
      batch: view.lineBytes.batch - site.lineBytes.batch,
    },
  };
};

const openTables = async (endpoint: string, suffix: string): Promise<CostTables> => {
  const tables = await openCostTables(endpoint, suffix);
  return { ...tables, env: { ...tables.env, COUNTERS: PAGE } };
};

const measureView = async (tables: CostTables) => {
  const { client, meter, env } = tables;
  const query = createQueryHandler(env, client, '');
  const reading = await meter(() => readCounts(query, BOTH));
  const ingest = createIngestHandler(env, client);
  const { result, output } = await captureOutput(() => meter(() => visit(ingest, 1, BOTH)));
  return {
    newVisit: result.writeUnits,
    countsRead: reading.readUnits,
    counterRead: reading.unitsByTable.get(env.COUNTS_TABLE) ?? 0,
    lineBytes: { visit: lineBytesOf(output), batch: await batchLineBytes(tables) },
  };
};

const batchLineBytes = async ({ client, env }: CostTables): Promise<number> => {
  const project = createProjectorHandlerWith({
    commitChange: createCommitChange(client, env.COUNTS_TABLE),
    log: createLog('projector'),
    meter: createMeter(env.COUNTER_NAME),
  });
  const { output } = await captureOutput(() => project(oneInsertOfEach()));
  return lineBytesOf(output);
};

/** An event with a new session of the site and one of the page. */
const oneInsertOfEach = (): StreamEvent => {
  const { Records: ofSite = [], ...event } = oneInsert(1);
  const { Records: ofNext = [] } = oneInsert(2);
  const ofPage = ofNext.map(({ dynamodb, ...rest }) => ({
    ...rest,
    dynamodb: {
      ...dynamodb,
      NewImage: { ...dynamodb?.NewImage, [SESSION.counter]: { S: PAGE } },
    },
  }));
  return { ...event, Records: [...ofSite, ...ofPage] };
};
