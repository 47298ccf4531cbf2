import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { touchSession } from '../domain/session-touch.ts';
import type { IngestSettings } from '../settings/settings.ts';
import { upsertSession } from '../tables/upsert-session.ts';

/**
 * Makes the next upsert quicker: the SDK builds and signs the write of a visit, which takes ten times as
 * long the first time. It is aborted before it is sent, so nothing is written. Never throws.
 */
export const rehearseUpsert = async (
  client: DynamoDBDocumentClient,
  { sessionsTable, rules }: Pick<IngestSettings, 'sessionsTable' | 'rules'>,
): Promise<void> => {
  const touch = touchSession('a rehearsal', Date.now(), rules);
  await upsertSession(client, sessionsTable, touch, AbortSignal.abort()).catch(() => undefined);
};
