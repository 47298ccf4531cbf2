import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createIngestHandler } from '../../src/ingest/ingest-handler.ts';
import { createStreamReader } from '../../src/tables/stream-reader.ts';
import { httpApiEvent, restApiEvent } from '../support/api-events.ts';
import { useDatabase } from '../support/embedded-database.ts';

const database = useDatabase();

it.each([httpApiEvent, restApiEvent])(
  'responds 503 with CORS headers while there is no key',
  async (event) => {
    const { client, tables } = database();
    const { statusCode, headers, body } = await createIngestHandler({ ...tables }, client)(event());
    expect({ statusCode, origin: headers['Access-Control-Allow-Origin'] }).toEqual({
      statusCode: 503,
      origin: '*',
    });
    expect(JSON.parse(body)).toEqual({
      message: 'Visits cannot be counted: the hash key is missing.',
    });
  },
);

it('counts without a key with the hash of the old counter', async () => {
  const { client, tables } = database();
  const ingest = createIngestHandler({ ...tables, HASH_SCHEME: 'sha256' }, client);
  expect((await ingest(httpApiEvent())).body).toBe('{"counted":true}');
});

const readStream = async () => {
  const { streams, streamArn } = database();
  const reader = createStreamReader(streams, streamArn);
  const [shard] = await reader.listShards();
  const { records } = await reader.readRecords(
    await reader.openShard(shard?.shardId ?? '', 'start'),
  );
  return records;
};

it.each([
  { TOUCH_INTERVAL_SECONDS: '60', events: ['INSERT'] },
  { TOUCH_INTERVAL_SECONDS: '0', events: ['INSERT', 'MODIFY', 'MODIFY'] },
])(
  'writes $events to the stream for three visits, with an interval of $TOUCH_INTERVAL_SECONDS s',
  async ({ TOUCH_INTERVAL_SECONDS, events }) => {
    const { client, tables } = database();
    const settings = { ...tables, HASH_KEY: 'k'.repeat(32), TOUCH_INTERVAL_SECONDS };
    const ingest = createIngestHandler(settings, client);
    const before = (await readStream()).length;
    for (let visit = 0; visit < 3; visit += 1) {
      // Writing a row without a change produces no record.
      await setTimeout(5);
      const address = `198.51.100.${TOUCH_INTERVAL_SECONDS}`;
      expect((await ingest(httpApiEvent({ address }))).body).toBe('{"counted":true}');
    }
    const records = (await readStream()).slice(before);
    expect(records.map(({ eventName }) => eventName)).toEqual(events);
  },
);
