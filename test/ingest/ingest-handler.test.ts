import { expect, it } from 'vitest';
import { createIngestHandler } from '../../src/ingest/ingest-handler.ts';
import { httpApiEvent, restApiEvent } from '../support/api-events.ts';
import { useDatabase } from '../support/embedded-database.ts';

const database = useDatabase();

it.each([httpApiEvent, restApiEvent])(
  'answers 503 with CORS headers while there is no key',
  async (event) => {
    const { client, tables } = database();
    const { statusCode, headers, body } = await createIngestHandler({ ...tables }, client)(event());
    expect({ statusCode, origin: headers['Access-Control-Allow-Origin'] }).toEqual({
      statusCode: 503,
      origin: '*',
    });
    expect(JSON.parse(body)).toEqual({
      message: 'Visits cannot be counted: there is no hash key.',
    });
  },
);

it('counts without a key under the scheme of the old counter', async () => {
  const { client, tables } = database();
  const ingest = createIngestHandler({ ...tables, HASH_SCHEME: 'sha256' }, client);
  expect((await ingest(httpApiEvent())).body).toBe('{"counted":true}');
});
