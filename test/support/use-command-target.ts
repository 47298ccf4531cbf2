import { beforeEach, vi } from 'vitest';
import { awsVariables, type CommandRun, runCommandHere, tableOptions } from './counter-command.ts';
import { type Place, type TestDatabase, useDatabase } from './embedded-database.ts';
import { openFreshTables } from './projected-database.ts';

/** New tables for each test of a file, and a function that runs commands on them. */
export interface CommandTarget {
  readonly database: () => TestDatabase;
  readonly run: (...args: string[]) => Promise<CommandRun>;
}

/**
 * Gives each test of a file its own tables, reached through the SDK's environment variables, in memory or
 * on disk.
 */
export const useCommandTarget = (place?: Place): CommandTarget => {
  const useFile = useDatabase(place);
  let database: TestDatabase | undefined;
  beforeEach(async () => {
    database = await openFreshTables(useFile());
    for (const [name, value] of Object.entries(awsVariables(database))) vi.stubEnv(name, value);
    return () => void vi.unstubAllEnvs();
  });
  const current = (): TestDatabase => database as TestDatabase;
  return {
    database: current,
    run: (...args) => runCommandHere([...args, ...tableOptions(current())]),
  };
};
