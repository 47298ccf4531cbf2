import { formatFormerShards, formerShardsAt, NO_FORMER_SHARDS } from '../domain/former-shards.ts';
import { INTEGER_RANGES } from '../settings/allowed-values.ts';
import { readInteger } from '../settings/readers.ts';
import { countUsedShards } from '../tables/count-used-shards.ts';
import { ACTIVE_SESSIONS_INDEX } from '../tables/schema.ts';
import type { Database } from './database.ts';
import type { FunctionSettings } from './function-settings.ts';
import { StartError } from './start-error.ts';

/**
 * The setting FORMER_ACTIVE_SHARDS for a database that may have been written with another number of
 * partitions: by an earlier version, or with another ACTIVE_SHARDS. Throws a StartError when the index cannot
 * be read.
 */
export const findFormerShards = async (
  settings: FunctionSettings,
  { client }: Pick<Database, 'client'>,
): Promise<{ readonly FORMER_ACTIVE_SHARDS: string }> => {
  const range = { nowMs: Date.now(), most: INTEGER_RANGES.ACTIVE_SHARDS.max };
  const used = await countUsedShards(client, settings.SESSIONS_TABLE, range).catch(
    failToRead(settings.SESSIONS_TABLE),
  );
  const isCovered = used <= readInteger(settings, 'ACTIVE_SHARDS');
  const former = isCovered
    ? NO_FORMER_SHARDS
    : formatFormerShards(formerShardsAt(used, range.nowMs));
  return { FORMER_ACTIVE_SHARDS: former };
};

const failToRead =
  (table: string) =>
  (cause: Error): never => {
    const problem = `Cannot read the index ${ACTIVE_SESSIONS_INDEX.name} of the table ${table}: ${cause.message}.`;
    const advice = 'If the table is not one of this counter, set SESSIONS_TABLE to another name.';
    throw new StartError(`${problem} ${advice}`, { cause });
  };
