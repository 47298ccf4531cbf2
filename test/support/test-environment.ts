import { beforeEach, vi } from 'vitest';
import { ownTables } from './own-tables.ts';

/** Gives each test of the file its own tables, including in processes that it starts. */
export const useOwnTables = (): void => useEnvironment(ownTables);

/** Runs the tests of a block on the embedded DynamoDB, whatever AWS_ENDPOINT_URL_DYNAMODB says. */
export const useEmbeddedDynamoDB = (): void =>
  useEnvironment(() => ({ AWS_ENDPOINT_URL_DYNAMODB: undefined }));

const useEnvironment = (create: () => Record<string, string | undefined>): void => {
  beforeEach(() => {
    for (const [name, value] of Object.entries(create())) vi.stubEnv(name, value);
    return () => void vi.unstubAllEnvs();
  });
};
