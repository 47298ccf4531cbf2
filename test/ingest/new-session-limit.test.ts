import { describe, expect, it, onTestFinished } from 'vitest';
import { createIngestHandler } from '../../src/ingest/ingest-handler.ts';
import { createLegacyHandler } from '../../src/legacy/legacy-handler.ts';
import { localConnection } from '../../src/local/database.ts';
import { inParallel } from '../../src/runtime/in-parallel.ts';
import { createDocumentClient } from '../../src/tables/document-client.ts';
import { httpApiEvent } from '../support/api-events.ts';
import { browser } from '../support/browsers.ts';
import { captureOutput } from '../support/captured-output.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { startFailingDynamoDB } from '../support/failing-dynamodb.ts';
import { readMetricLines } from '../support/metric-lines.ts';
import { openCounters, requestFor, rowsOf } from '../support/several-counters.ts';

const useFile = useDatabase();
const failing = startFailingDynamoDB(() => useFile().endpoint);
const open = (env: Record<string, string> = {}) =>
  openCounters(useFile(), { NEW_SESSIONS_PER_HOUR: '3', ...env });

const COUNTED = { statusCode: 202, body: { counted: true } };
const REFUSED = { statusCode: 202, body: { counted: false, reason: 'rate' } };
const by = (number: number) => ({ userAgent: browser(number) });

describe('above NEW_SESSIONS_PER_HOUR of its address', () => {
  it('a visit of a new session is refused, and writes nothing', async () => {
    const { database, visit } = await open();
    for (const number of [1, 2, 3]) expect(await visit('site', by(number))).toEqual(COUNTED);
    const rows = await rowsOf(database);
    expect(await visit('site', by(4))).toEqual(REFUSED);
    expect(await rowsOf(database)).toEqual(rows);
  });

  it.each(['0', '60'])(
    'visits of known sessions are counted, with a touch interval of %s s',
    async (TOUCH_INTERVAL_SECONDS) => {
      const { visit } = await open({ TOUCH_INTERVAL_SECONDS });
      for (const number of [1, 2, 3, 1, 2, 3, 1]) {
        expect(await visit('site', by(number))).toEqual(COUNTED);
      }
      expect(await visit('site', by(4))).toEqual(REFUSED);
      expect(await visit('site', by(1))).toEqual(COUNTED);
    },
  );

  it.each(['0', '60'])(
    'a known session takes no place, with a touch interval of %s s',
    async (TOUCH_INTERVAL_SECONDS) => {
      const { visit, counters } = await open({ TOUCH_INTERVAL_SECONDS });
      for (let time = 0; time < 10; time += 1) expect(await visit('site', by(1))).toEqual(COUNTED);
      expect(await visit('site', by(2))).toEqual(COUNTED);
      expect(await visit('site', by(3))).toEqual(COUNTED);
      expect(await counters()).toHaveLength(3);
    },
  );

  it('visits from other addresses are counted', async () => {
    const { visit } = await open();
    for (const number of [1, 2, 3]) await visit('site', by(number));
    expect(await visit('site', { ...by(4), address: '198.51.100.9' })).toEqual(COUNTED);
  });

  it('visits of other counters are counted, also in the same request', async () => {
    const { visit } = await open();
    for (const number of [1, 2, 3]) await visit('site', by(number));
    expect(await visit('site,about', by(4))).toEqual({
      statusCode: 202,
      body: { counters: { site: REFUSED.body, about: COUNTED.body } },
    });
  });

  it('the deletion of a session makes no room for another one', async () => {
    const { visit, forget } = await open();
    const answers: unknown[] = [];
    for (let time = 0; time < 5; time += 1) {
      answers.push(await visit('site', by(1)));
      await forget('site', by(1));
    }
    expect(answers).toEqual([COUNTED, COUNTED, COUNTED, REFUSED, REFUSED]);
  });

  it('a visit takes one request, which needs a row, and below it the same as without a limit', async () => {
    const { database, visit } = await open({ NEW_SESSIONS_PER_HOUR: '1' });
    const sent: object[] = [];
    database.client.middlewareStack.add(
      (next, { commandName }) =>
        (args) => {
          const { ConditionExpression } = args.input as { ConditionExpression?: string };
          sent.push({ commandName, ConditionExpression });
          return next(args);
        },
      { step: 'initialize', name: 'sent' },
    );
    onTestFinished(() => void database.client.middlewareStack.remove('sent'));
    await visit('site', by(1));
    await visit('site', by(2));
    const commandName = 'UpdateItemCommand';
    expect(sent).toEqual([
      { commandName, ConditionExpression: undefined },
      { commandName, ConditionExpression: 'attribute_exists(session_hash)' },
    ]);
  });

  it('refused visits are measured by their reason', async () => {
    const { visit } = await open({ COUNTER_NAME: 'mine' });
    const output = captureOutput();
    for (const number of [1, 2, 3, 4]) await visit('site', by(number));
    const refused = readMetricLines(output()).filter(({ metrics }) => 'Refused' in metrics);
    expect(refused).toMatchObject([{ metrics: { Refused: 1 }, dimensions: { reason: 'rate' } }]);
  });
});

it('requests at once cannot exceed the limit', async () => {
  const { visit, counters } = await open();
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, number) => visit('site', by(number))),
  );
  expect(answers.filter(({ body }) => body.counted)).toHaveLength(3);
  expect(await counters()).toHaveLength(3);
});

it('a failed visit keeps its place, and so does one whose write is repeated', async () => {
  const { settings, counters } = await open();
  const dynamodb = await failing;
  const client = createDocumentClient(localConnection(dynamodb.endpoint));
  const ingest = createIngestHandler(settings, client);
  const visit = async (number: number) => {
    const { statusCode, body } = await ingest(requestFor('site', by(number)));
    return { statusCode, body: JSON.parse(body) };
  };
  dynamodb.trouble = 'denied';
  expect(await visit(1)).toMatchObject({ statusCode: 503 });
  dynamodb.trouble = 'nothing';
  // The SDK repeats the write, which then finds its own row.
  dynamodb.beforeAnswerIsLost = async () => undefined;
  expect(await visit(2)).toEqual(COUNTED);
  expect(await visit(3)).toEqual(COUNTED);
  expect(await visit(4)).toEqual(REFUSED);
  expect(await counters()).toHaveLength(2);
});

it('25 visitors behind one address all count by default, each on four pages', async () => {
  const { database, settings } = await open();
  const defaults = { ...settings, NEW_SESSIONS_PER_HOUR: '' };
  const ingest = createIngestHandler(defaults, database.client);
  const visits = Array.from({ length: 100 }, (_, number) => number % 25);
  const bodies = await inParallel(visits, 10, async (number) =>
    JSON.parse((await ingest(requestFor('site', by(number)))).body),
  );
  expect(bodies).toEqual(Array(100).fill(COUNTED.body));
  expect(await rowsOf(database)).toHaveLength(25);
});

it('0 is no limit', async () => {
  const { visit, counters } = await open({ NEW_SESSIONS_PER_HOUR: '0' });
  const visitors = Array.from({ length: 50 }, (_, number) => number);
  await inParallel(visitors, 10, (number) => visit('site', by(number)));
  expect(await counters()).toHaveLength(50);
});

it('50 containers at once let one address start 50 times as many sessions', async () => {
  const { database, settings } = await open();
  const containers = Array.from({ length: 50 }, () =>
    createIngestHandler(settings, database.client),
  );
  const visits = containers.flatMap((ingest, container) =>
    [1, 2, 3, 4, 5].map((number) => ({ ingest, visitor: by(container * 10 + number) })),
  );
  const bodies = await inParallel(visits, 50, async ({ ingest, visitor }) =>
    JSON.parse((await ingest(requestFor('site', visitor))).body),
  );
  expect(bodies.filter(({ counted }) => counted)).toHaveLength(50 * 3);
  expect(bodies.filter(({ reason }) => reason === 'rate')).toHaveLength(50 * 2);
  expect(await rowsOf(database)).toHaveLength(50 * 3);
});

it('the legacy route has the same limit', async () => {
  const { database, settings } = await open();
  const legacy = createLegacyHandler(settings, database.client);
  const view = async (number: number) => {
    const event = httpApiEvent({ method: 'GET', path: '/', ...by(number) });
    return JSON.parse((await legacy(event)).body).message;
  };
  for (const number of [1, 2, 3]) expect(await view(number)).toBe('Session counted');
  expect(await view(4)).toBe('Session not counted: rate');
  expect(await view(1)).toBe('Session counted');
});
