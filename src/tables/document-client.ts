import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

// A healthy DynamoDB answers in milliseconds. Three attempts of at most this long, and the pauses
// between them, end within 8 seconds, so that a function can still say what is wrong.
const ATTEMPTS = 3;
const CONNECTION_TIMEOUT_MS = 1_000;
const REQUEST_TIMEOUT_MS = 2_000;

/**
 * The client that all access patterns share. It gives up on a DynamoDB that is slow or away
 * within 8 seconds; the SDK's own default is to wait for ever. Endpoint, region and credentials
 * come from the SDK's environment variables unless given.
 */
export const createDocumentClient = (config: DynamoDBClientConfig = {}): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      maxAttempts: ATTEMPTS,
      requestHandler: {
        connectionTimeout: CONNECTION_TIMEOUT_MS,
        requestTimeout: REQUEST_TIMEOUT_MS,
        throwOnRequestTimeout: true,
      },
      ...config,
    }),
  );
