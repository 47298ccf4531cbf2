import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { IngestSettings } from '../settings/settings.ts';
import { openConnection } from '../tables/open-connection.ts';
import { rehearseUpsert } from './rehearse-upsert.ts';
import type { SessionHasherSource } from './session-hasher-source.ts';

/**
 * What the first visit of a container would otherwise wait for: reads the key, opens a connection to DynamoDB
 * and rehearses the write. Writes nothing and never throws: the first visit does again what failed.
 */
export const createPrepareVisits =
  (
    settings: IngestSettings,
    client: DynamoDBDocumentClient,
    hasherSource: SessionHasherSource,
  ): (() => Promise<unknown>) =>
  () =>
    Promise.allSettled([hasherSource(), openConnection(client), rehearseUpsert(client, settings)]);
