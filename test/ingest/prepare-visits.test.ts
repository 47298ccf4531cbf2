import { afterEach, expect, it, vi } from 'vitest';
import { createPrepareVisits } from '../../src/ingest/prepare-visits.ts';
import { localConnection } from '../../src/local/database.ts';
import { readIngestSettings } from '../../src/settings/settings.ts';
import { createDocumentClient } from '../../src/tables/document-client.ts';
import { startCountingServer } from '../support/counting-server.ts';

afterEach(() => vi.unstubAllEnvs());

const settings = readIngestSettings({ SESSIONS_TABLE: 'sessions' });

/** A client of DynamoDB, and the operations that it has built and signed. */
const openClient = (endpoint: string) => {
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', endpoint);
  const client = createDocumentClient(localConnection(endpoint));
  const signed: unknown[] = [];
  client.middlewareStack.add(
    (next) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      if (headers.authorization) signed.push(headers['x-amz-target']);
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  return { client, signed };
};

it('signs the write of a visit and opens a connection, but writes nothing', async () => {
  const { endpoint, requests } = await startCountingServer();
  const { client, signed } = openClient(endpoint);
  await createPrepareVisits(settings, client, async () => undefined)();
  expect(signed).toEqual(['DynamoDB_20120810.UpdateItem']);
  expect(requests).toEqual(['GET /']);
});

it('does everything else when one part fails, and never throws', async () => {
  const { client, signed } = openClient('http://127.0.0.1:9');
  const noKey = async () => Promise.reject(new Error('no key'));
  await createPrepareVisits(settings, client, noKey)();
  expect(signed).toHaveLength(1);
});
