import type { LambdaClient } from '@aws-sdk/client-lambda';
import { createLambdaClient } from '../../../reporter/mapping-state.ts';

/** The id of the event source mapping on this machine. */
export const MAPPING_ID = 'local';

/**
 * A client of Lambda that answers every request itself, with the state of the event source mapping on this machine;
 * it is for the only request that the reporter sends, GetEventSourceMapping.
 */
export const createMappingClient = (readState: () => string): LambdaClient => {
  const client = createLambdaClient();
  client.middlewareStack.add(
    () => async () => ({
      output: { UUID: MAPPING_ID, State: readState(), $metadata: {} },
      response: undefined,
    }),
    { step: 'initialize', priority: 'high', name: 'answerLocally' },
  );
  return client;
};
