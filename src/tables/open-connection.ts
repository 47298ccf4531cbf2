import { text } from 'node:stream/consumers';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { LIMITS } from '../runtime/aws-client.ts';
import { findEndpoint, type HandledRequest, requestTo } from '../runtime/aws-endpoint.ts';

/**
 * Opens a connection to DynamoDB, which the client's next request uses. It sends GET / without a signature,
 * which needs no permission and consumes no units; any response will do. Throws what the connection throws.
 */
export const openConnection = async ({ config }: DynamoDBDocumentClient): Promise<void> => {
  const request = requestTo(await findEndpoint(config, 'dynamodb'), 'GET');
  const { response } = await config.requestHandler.handle(request as HandledRequest, {
    // Also ends a response that stops in the middle.
    abortSignal: AbortSignal.timeout(LIMITS.tables.answerMs),
  });
  // Only a response that was read to its end frees its connection.
  await text(response.body);
};
