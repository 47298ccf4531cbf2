import { createHash } from 'node:crypto';
import { createIngestHandler } from '../../../src/ingest/ingest-handler.ts';
import { ensureTable } from '../../../src/local/create-tables.ts';
import { localConnection } from '../../../src/local/database.ts';
import { createQueryHandler } from '../../../src/query/query-handler.ts';
import { createDocumentClient } from '../../../src/tables/document-client.ts';
import { COUNTS_TABLE, SESSIONS_TABLE } from '../../../src/tables/schema.ts';
import { readCounts, visit } from '../../browser-requests.ts';
import { createCapacityMeter, type MeterCapacity } from '../../capacity-meter.ts';
import { countRows } from '../stored/counted-rows.ts';
import { type Ages, oldRows, sessionRows } from '../stored/session-rows.ts';
import { storeRows } from '../stored/store-rows.ts';
import { type Pages, type Shown, viewOldPage } from './old-counter.ts';

/** A page view counter with its own tables of stored rows. */
export interface ComparedCounter {
  readonly name: string;
  readonly stored: number;
  readonly meter: MeterCapacity;
  /** Makes a page view as browser number `browser`; returns what the page shows. */
  readonly view: (browser: number) => Promise<Shown>;
  readonly tables: { readonly SESSIONS_TABLE: string; readonly COUNTS_TABLE: string };
  /** The browsers that have visited. */
  readonly browsers: ReadonlySet<number>;
}

/** The setup of a counter. */
export interface CounterSetup {
  readonly endpoint: string;
  readonly stored: number;
  readonly seed: number;
}

/** The name of the old algorithm with its pagination bug fixed. */
export const ALL_PAGES = 'the old one, all pages';

const SCAN_TIMEOUT_MS = 300_000;
const DAY_MS = 86_400_000;

// No stored session is active, so the sizes differ only in the number of rows.
const LONG_AGO: Ages = { least: DAY_MS, most: 24 * DAY_MS };

/** The predecessor of this counter, reading only the first page of each Scan, and reading all pages. */
export const createOldCounters = async (setup: CounterSetup): Promise<ComparedCounter[]> => {
  // The emulator takes longer to scan a large table than the default timeout of our client.
  const requestHandler = { requestTimeout: SCAN_TIMEOUT_MS };
  const client = createDocumentClient({ ...localConnection(setup.endpoint), requestHandler });
  const table = `old-${setup.stored}`;
  const schema = { partitionKey: SESSIONS_TABLE.partitionKey };
  await storeRows(client, table, schema, oldRows(setup.stored, LONG_AGO, setup.seed));
  const browsers = new Set<number>();
  const meter = createCapacityMeter(client);
  const counter = (name: string, pages: Pages): ComparedCounter => ({
    ...{ name, stored: setup.stored, meter, browsers },
    tables: { SESSIONS_TABLE: table, COUNTS_TABLE: '' },
    view: (browser) => {
      browsers.add(browser);
      return viewOldPage(client, table, { sessionHash: hashOf(browser), pages });
    },
  });
  return [counter('the old one', 'first'), counter(ALL_PAGES, 'all')];
};

const hashOf = (browser: number): string =>
  createHash('sha256').update(`browser ${browser}`).digest('hex');

/** This counter: the widget's requests, served by the deployed handlers. */
export const createOurCounter = async (setup: CounterSetup): Promise<ComparedCounter> => {
  const client = createDocumentClient(localConnection(setup.endpoint));
  const tables = {
    SESSIONS_TABLE: `sessions-${setup.stored}`,
    COUNTS_TABLE: `counts-${setup.stored}`,
  };
  const rows = sessionRows(setup.stored, LONG_AGO, setup.seed);
  await storeRows(client, tables.SESSIONS_TABLE, SESSIONS_TABLE, rows);
  await ensureTable(client, tables.COUNTS_TABLE, COUNTS_TABLE);
  await countRows(client, tables.COUNTS_TABLE, setup.stored);
  const ingest = createIngestHandler({ ...tables, HASH_KEY }, client);
  const query = createQueryHandler({ ...tables, ...UNBOUNDED }, client, '');
  const browsers = new Set<number>();
  return {
    ...{
      name: 'ours',
      stored: setup.stored,
      tables,
      meter: createCapacityMeter(client),
      browsers,
    },
    view: async (browser) => {
      browsers.add(browser);
      await visit(ingest, browser);
      const { unique_session_count, active_sessions } = JSON.parse(await readCounts(query));
      return { unique: unique_session_count, active: active_sessions };
    },
  };
};

const HASH_KEY = 'a key that nobody has to keep secret';

// Each page view pays for its own index query; the savings of a budget are measured separately.
const UNBOUNDED = { ACTIVE_READ_UNITS_PER_SECOND: '1000000' };
