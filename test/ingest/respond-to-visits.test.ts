import { beforeAll, describe, expect, it } from 'vitest';
import { createIngestHandler } from '../../src/ingest/ingest-handler.ts';
import { createDocumentClient } from '../../src/tables/document-client.ts';
import { captureOutput } from '../support/captured-output.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { type FailingDynamoDB, startFailingDynamoDB } from '../support/failing-dynamodb.ts';
import { openCounters, requestFor } from '../support/several-counters.ts';

const useFile = useDatabase();
const open = (env?: Record<string, string>) => openCounters(useFile(), env);

describe('a visit of several counters while DynamoDB fails', () => {
  let dynamodb: FailingDynamoDB;

  beforeAll(async () => {
    dynamodb = await startFailingDynamoDB(() => useFile().endpoint);
  });

  const openFailing = async () => {
    captureOutput(); // The errors are logged.
    const { settings, counters } = await open();
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const config = { endpoint: dynamodb.endpoint, region: 'us-east-1', credentials };
    return { ingest: createIngestHandler(settings, createDocumentClient(config)), counters };
  };

  // Names are looked up and added by other operations than rows are written.
  it.each(['GetItem', 'TransactWriteItems'])(
    'answers 503 when a part failed because %s is denied, and counts no visit twice when it comes again',
    async (denied) => {
      const { ingest, counters } = await openFailing();
      dynamodb.deny = denied;
      const failed = await ingest(requestFor('site,blog/a'));
      dynamodb.deny = undefined;
      expect(failed).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '5' } });
      expect(await counters()).toEqual(['site']);
      expect(JSON.parse((await ingest(requestFor('site,blog/a'))).body)).toEqual({
        counters: { site: { counted: true }, 'blog/a': { counted: true } },
      });
      expect(await counters()).toEqual(['blog/a', 'site']);
    },
  );

  it('answers 503 when nothing was counted, also if a name is unknown', async () => {
    const { ingest, counters } = await openFailing();
    dynamodb.deny = 'UpdateItem';
    const failed = await ingest(requestFor('site,blog/a,shop'));
    dynamodb.deny = undefined;
    expect(failed).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '5' } });
    expect(await counters()).toEqual([]);
  });
});
