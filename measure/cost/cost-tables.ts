import { openDatabase } from '../../src/local/database.ts';
import type { createDocumentClient } from '../../src/tables/document-client.ts';
import { createCapacityMeter, type MeterCapacity } from '../capacity-meter.ts';

/** New tables, and the settings of handlers that use them. */
export interface CostTables {
  readonly client: ReturnType<typeof createDocumentClient>;
  readonly meter: MeterCapacity;
  readonly env: Readonly<Record<'SESSIONS_TABLE' | 'COUNTS_TABLE' | 'COUNTER_NAME', string>> & {
    readonly COUNTERS?: string;
  };
}

/**
 * Creates tables whose names end with `suffix` in the DynamoDB at `endpoint`. The settings are the defaults, which
 * include one partition of the index.
 */
export const openCostTables = async (endpoint: string, suffix: string): Promise<CostTables> => {
  const tables = { SESSIONS_TABLE: `sessions-${suffix}`, COUNTS_TABLE: `counts-${suffix}` };
  const { client } = await openDatabase(endpoint, tables);
  const env = { ...tables, HASH_KEY, ...UNBOUNDED, COUNTER_NAME: 'session-counter' };
  return { client, meter: createCapacityMeter(client), env };
};

// Every read of the counts must query the index, not only the first of a minute.
const UNBOUNDED = { ACTIVE_READ_UNITS_PER_SECOND: '1000000' };

const HASH_KEY = 'a key that nobody has to keep secret';
