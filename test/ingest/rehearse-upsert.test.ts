import { expect, it } from 'vitest';
import { touchSession } from '../../src/domain/session-touch.ts';
import { rehearseUpsert } from '../../src/ingest/rehearse-upsert.ts';
import { localConnection } from '../../src/local/database.ts';
import { readIngestSettings } from '../../src/settings/settings.ts';
import { createDocumentClient } from '../../src/tables/document-client.ts';
import { upsertSession } from '../../src/tables/upsert-session.ts';
import { startCountingServer } from '../support/counting-server.ts';

it.each(['0', '60'])(
  'sends nothing to DynamoDB, with a touch interval of %s s',
  async (TOUCH_INTERVAL_SECONDS) => {
    const { endpoint, requests, connections } = await startCountingServer();
    const client = createDocumentClient(localConnection(endpoint));
    const settings = readIngestSettings({ SESSIONS_TABLE: 'sessions', TOUCH_INTERVAL_SECONDS });
    await rehearseUpsert(client, settings);
    expect(connections()).toBe(0);
    await upsertSession(client, 'sessions', touchSession('a', Date.now(), settings.rules));
    expect(requests).toEqual(['POST / UpdateItem']);
  },
);
