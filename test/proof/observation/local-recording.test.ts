import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { FAILURES } from '../../../proof/observation/observer/plan-failure.ts';
import { startEventSourceMapping } from '../../../src/local/event-source/event-source-mapping.ts';
import { createInMemoryShardPositions } from '../../../src/local/event-source/shard-positions.ts';
import { deleteSession } from '../../../src/tables/delete-session.ts';
import { createStreamReader } from '../../../src/tables/stream-reader.ts';
import { useDatabase } from '../../support/embedded-database.ts';
import { createKeptLog } from '../../support/kept-log.ts';
import { createKeptObserver, type KeptObserver } from '../../support/kept-observer.ts';
import { resultsOf } from '../../support/made-up-recording.ts';
import { visitAt } from '../../support/projected-database.ts';
import { createScriptedStream, recordOf } from '../../support/scripted-stream.ts';
import { NOW_MS } from '../../support/stream-records.ts';

const database = useDatabase();

const HOLDS = {
  ...{ 'names-its-shard': 'holds', 'never-renumbers': 'holds', 'lies-in-one-shard': 'holds' },
  ...{ 'stays-the-same': 'holds', 'first-in-order': 'holds', 'never-leaps': 'holds' },
  ...{ 'comes-again': 'holds', 'one-at-a-time': 'holds', 'parents-first': 'holds' },
  ...{ 'young-enough': 'holds', 'times-in-order': 'holds' },
};

const waysOfFailing = ({ lines }: KeptObserver): string[] =>
  FAILURES.filter((plan) => lines.some((line) => line.includes(`"plan":"${plan}"`)));

const untilTaken = ({ lines }: KeptObserver, count: number): Promise<void> =>
  vi.waitFor(
    () => {
      const taken = lines.filter((line) => line.includes('"isTaken":true'));
      expect(taken.length).toBeGreaterThanOrEqual(count);
      expect(lines.at(-1)).toContain('"isTaken":true');
    },
    { timeout: 20_000, interval: 100 },
  );

// Both mostly wait for the event source, so they run concurrently.
it.concurrent('finds that the local event source keeps every assumption during visits, deletions and failures', async ({
  onTestFinished,
}) => {
  const { client, streams, streamArn, tables } = database();
  const reader = createStreamReader(streams, streamArn);
  const observer = createKeptObserver(
    { every: 1, failingMs: 2_000, pauseMs: 100 },
    reader.listShards,
  );
  const positions = createInMemoryShardPositions();
  const { handler } = observer;
  const source = startEventSourceMapping({
    reader,
    streamArn,
    handler,
    positions,
    log: createKeptLog(),
  });
  onTestFinished(source.stop);
  for (let visit = 0; visit < 60; visit += 1) {
    const hash = `visitor-${visit}`;
    await visitAt(database(), new Date().toISOString(), [hash]);
    if (visit % 4 === 0) await deleteSession(client, tables.SESSIONS_TABLE, hash);
    await delay(50);
  }
  await untilTaken(observer, 2);
  await source.stop();
  expect(observer.lines.join()).not.toContain('visitor-');
  expect(resultsOf(observer.lines)).toEqual({
    ...HOLDS,
    // The embedded DynamoDB has one shard.
    'lies-in-one-shard': 'not seen',
    'parents-first': 'not seen',
  });
});

// Advances a second per reading, so that only deliveries decide how old a record is.
const createTickingClock = (): (() => number) => {
  let nowMs = NOW_MS;
  return () => {
    nowMs += 1_000;
    return nowMs;
  };
};

// Each batch of the parent and of each child starts with a record that is too new to succeed at first.
const writtenMs = (number: number): number =>
  NOW_MS + (number < 7 ? 4_000 * Math.floor((number - 1) / 2) : 14_000);

it.concurrent('finds that it keeps them when shards split', async ({ onTestFinished }) => {
  const records = (...numbers: number[]) =>
    numbers.map((number) => recordOf(number, writtenMs(number)));
  const reader = createScriptedStream({
    parent: { records: records(1, 2, 3, 4, 5, 6), closed: true },
    child: { records: records(7, 8, 9), parent: 'parent' },
    other: { records: records(10, 11), parent: 'parent' },
  });
  const rules = { every: 1, failingMs: 6_000, pauseMs: 100 };
  const observer = createKeptObserver(rules, reader.listShards, createTickingClock());
  const positions = createInMemoryShardPositions();
  const { handler } = observer;
  const log = createKeptLog();
  const source = startEventSourceMapping({ reader, streamArn: 'arn', handler, positions, log });
  onTestFinished(source.stop);
  await untilTaken(observer, 6);
  await source.stop();
  expect(waysOfFailing(observer)).toEqual(FAILURES);
  expect(resultsOf(observer.lines)).toEqual(HOLDS);
});
