import { createAuditHandler } from '../../src/audit/audit-handler.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import type { HttpHandler } from '../../src/http/http-handler.ts';
import { createIngestHandler } from '../../src/ingest/ingest-handler.ts';
import { createQueryHandler } from '../../src/query/query-handler.ts';
import { readCounts, visit } from '../browser-requests.ts';
import { captureOutput, lineBytesOf } from './capture-output.ts';
import type { CostTables } from './cost-tables.ts';

const SESSIONS = 2_000;
const AT_ONCE = 50;

// The bytes of a consistent read unit; reading an index takes half a unit.
const UNIT_BYTES = 4_096;

/**
 * What each row adds to reads, averaged over many sessions active at once. With all of them in the one
 * partition of the index, only one query rounds up.
 */
export const measureManySessions = async (
  { client, meter, env }: CostTables,
  counter: string = SITE,
) => {
  const query = createQueryHandler(env, client, '');
  const read = () => readCounts(query, [counter]);
  const before = await meter(read);
  await captureOutput(() => visitAll(createIngestHandler(env, client), counter));
  const after = await meter(read);
  const audit = createAuditHandler(env, client, async () => undefined);
  const { result, output } = await captureOutput(() => meter(audit));
  const auditPerRow = (result.unitsByTable.get(env.SESSIONS_TABLE) ?? 0) / SESSIONS;
  const countsReadPerActive = (after.readUnits - before.readUnits) / SESSIONS;
  return {
    countsReadPerActive,
    auditPerRow,
    rowBytes: Math.round(auditPerRow * UNIT_BYTES),
    indexEntryBytes: Math.round(countsReadPerActive * 2 * UNIT_BYTES),
    audit: lineBytesOf(output),
  };
};

const visitAll = async (ingest: HttpHandler, counter: string): Promise<void> => {
  for (let browser = 0; browser < SESSIONS; browser += AT_ONCE) {
    const visits = Array.from({ length: AT_ONCE }, (_, next) =>
      visit(ingest, browser + next, [counter]),
    );
    await Promise.all(visits);
  }
};
