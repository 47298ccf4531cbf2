import { GetEventSourceMappingCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { createClient, LIMITS } from '../runtime/aws-client.ts';

/** What Lambda calls a mapping that brings the stream to its function. */
export const ENABLED = 'Enabled';

/** Stands for the state of a mapping that somebody has deleted. */
const GONE = 'Gone';

/** A client that gives up after about 4 seconds: the next report, in a minute, asks again. */
export const createLambdaClient = (): LambdaClient =>
  createClient(LambdaClient, LIMITS.besideTables);

/**
 * The state of an event source mapping, such as `Enabled` or `Disabling`; `Gone` when there is none
 * of this id. Throws what else the SDK throws.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_GetEventSourceMapping.html
 */
export const readMappingState = async (
  client: LambdaClient,
  mappingId: string,
): Promise<string> => {
  try {
    const { State } = await client.send(new GetEventSourceMappingCommand({ UUID: mappingId }));
    return State ?? 'unknown';
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return GONE;
    throw error;
  }
};
