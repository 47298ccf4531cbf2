import { beforeEach, vi } from 'vitest';
import { ownTables } from './own-tables.ts';

/** Gives each test of the file tables of its own, in every process that it starts. */
export const useOwnTables = (): void => useEnvironment(ownTables);

/** Runs the tests of a block, which are about the embedded DynamoDB, on it wherever others run. */
export const useEmbeddedDynamoDB = (): void =>
  useEnvironment(() => ({ AWS_ENDPOINT_URL_DYNAMODB: undefined }));

const useEnvironment = (create: () => Record<string, string | undefined>): void => {
  beforeEach(() => {
    for (const [name, value] of Object.entries(create())) vi.stubEnv(name, value);
    return () => void vi.unstubAllEnvs();
  });
};
