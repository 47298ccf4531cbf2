import { GetEventSourceMappingCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { createClient, LIMITS } from '../runtime/aws-client.ts';

/** The state of an event source mapping that delivers records. */
export const ENABLED = 'Enabled';

/** Our name for the state of a deleted mapping. */
const GONE = 'Gone';

/** The state of the event source mapping with this id, such as `Enabled` or `Disabling`. Throws if it cannot be read. */
export type ReadMappingState = (mappingId: string) => Promise<string>;

/** Asks Lambda, and gives up after about 4 seconds; the reporter runs again every minute. */
export const createReadMappingState = (): ReadMappingState => {
  const client = createClient(LambdaClient, LIMITS.otherServices);
  return (mappingId) => readMappingState(client, mappingId);
};

/**
 * The state of an event source mapping, such as `Enabled` or `Disabling`; `Gone` when none has this id.
 * Throws everything else that the SDK throws.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_GetEventSourceMapping.html
 */
const readMappingState = async (client: LambdaClient, mappingId: string): Promise<string> => {
  try {
    const { State } = await client.send(new GetEventSourceMappingCommand({ UUID: mappingId }));
    return State ?? 'unknown';
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return GONE;
    throw error;
  }
};
