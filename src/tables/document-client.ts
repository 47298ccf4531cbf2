import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type ClientLimits, createClient, LIMITS } from '../runtime/aws-client.ts';

/**
 * The client that all access patterns use. With the default limits it gives up on a slow or unreachable
 * DynamoDB within 8 seconds, unless `config` sets more attempts. Endpoint, region and credentials come
 * from the SDK's environment variables unless given.
 */
export const createDocumentClient = (
  config: DynamoDBClientConfig = {},
  limits: ClientLimits = LIMITS.tables,
): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(createClient(DynamoDBClient, limits, config));
