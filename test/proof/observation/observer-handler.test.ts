import { expect, it } from 'vitest';
import {
  createObserver,
  type WindowEvent,
} from '../../../proof/observation/observer/observer-handler.ts';
import type { FailureRules } from '../../../proof/observation/observer/plan-failure.ts';
import { parseRecording } from '../../../proof/observation/recording/parse-recording.ts';
import type { ShardLineage } from '../../../src/tables/stream-reader.ts';
import {
  inserted,
  modified,
  NOW_MS,
  removed,
  sequenceNumber,
} from '../../support/stream-records.ts';

const NEVER: FailureRules = { every: 1, failingMs: 0, pauseMs: 10 };
const ALWAYS: FailureRules = { every: 1, failingMs: 60_000, pauseMs: 10 };

const LINEAGES: ShardLineage[] = [
  { shardId: 'shard-2', parentShardId: 'shard-1' },
  { shardId: 'shard-1', parentShardId: undefined },
];

const open = ({ rules = NEVER, listShards = async () => LINEAGES, ends = false } = {}) => {
  const lines: string[] = [];
  const waits: number[] = [];
  const observe = createObserver({
    write: (line) => void lines.push(line),
    now: () => NOW_MS + 1_000,
    sleep: async (ms) => {
      waits.push(ms);
      if (ends) throw new Error('Task timed out');
    },
    ...{ container: 'one', listShards, rules },
  });
  return { observe, lines, waits, parsed: () => parseRecording(lines) };
};

const CONTEXT = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 10_000 };

const eventOf = (...Records: NonNullable<WindowEvent['Records']>): WindowEvent => ({
  ...{ shardId: 'shard-1', Records, state: {}, isFinalInvokeForWindow: false },
  window: { start: '2026-11-23T18:00:00.000Z', end: '2026-11-23T18:15:00.000Z' },
});

it('logs the position, write time and kind of each record', async () => {
  const { observe, parsed } = open();
  await observe(eventOf(inserted(7), modified(8), removed(12)), CONTEXT);
  const [invocation] = parsed().invocations;
  expect(invocation).toMatchObject({
    ...{ id: 'one/1', shardId: 'shard-1', beganMs: NOW_MS + 1_000, endedMs: NOW_MS + 1_000 },
    ...{ outcome: 'taken', isFinal: false, windowStart: '2026-11-23T18:00:00.000Z' },
  });
  expect(invocation?.records).toMatchObject([
    { number: BigInt(sequenceNumber(7)), writtenMs: NOW_MS, name: 'I' },
    { number: BigInt(sequenceNumber(8)), writtenMs: NOW_MS, name: 'M' },
    { number: BigInt(sequenceNumber(12)), writtenMs: NOW_MS, name: 'R' },
  ]);
});

it('gives a record the same id in every container', async () => {
  const idOf = async (position: number): Promise<string | undefined> => {
    const { observe, parsed } = open();
    await observe(eventOf(inserted(position)), CONTEXT);
    return parsed().invocations[0]?.records[0]?.id;
  };
  expect(await idOf(1)).toBe(await idOf(1));
  expect(await idOf(1)).not.toBe(await idOf(2));
});

it('logs malformed records, and succeeds', async () => {
  const { observe, parsed } = open();
  await observe(eventOf({}, { eventName: 'INSERT', dynamodb: { SequenceNumber: 'x' } }), CONTEXT);
  expect(parsed().invocations[0]?.records).toEqual([
    { number: undefined, writtenMs: undefined, name: '?', id: '........' },
    { number: undefined, writtenMs: undefined, name: 'I', id: '........' },
  ]);
});

it('passes its id on in the state, so that the next invocation logs the last success according to Lambda', async () => {
  const { observe, parsed } = open();
  const { state } = await observe(eventOf(inserted(1)), CONTEXT);
  await observe({ ...eventOf(inserted(2)), state }, CONTEXT);
  expect(parsed().invocations.map(({ previous }) => previous)).toEqual([undefined, 'one/1']);
});

it('lists the shards once for each new shard', async () => {
  const { observe, lines, parsed } = open();
  await observe(eventOf(inserted(1)), CONTEXT);
  await observe(eventOf(inserted(2)), CONTEXT);
  expect(lines.filter((line) => line.includes('"kind":"shards"')).length).toBe(1);
  expect([...parsed().parents]).toEqual([
    ['shard-2', 'shard-1'],
    ['shard-1', undefined],
  ]);
});

it('succeeds when the shards cannot be listed, and logs the error', async () => {
  const { observe, lines, parsed } = open({
    listShards: () => Promise.reject(Object.assign(new Error(), { name: 'LimitExceeded' })),
  });
  await observe(eventOf(inserted(1)), CONTEXT);
  expect(parsed().invocations[0]?.outcome).toBe('taken');
  expect(lines.some((line) => line.includes('"error":"LimitExceeded"'))).toBe(true);
});

it('fails on purpose in each way', async () => {
  const ends = new Map<string, unknown>();
  for (let position = 1; position < 40; position += 1) {
    const { observe, lines, waits, parsed } = open({ rules: ALWAYS });
    await expect(observe(eventOf(inserted(position)), CONTEXT)).rejects.toThrow('on purpose');
    const { plan } = JSON.parse(lines[0] ?? '');
    ends.set(plan, { waits, outcome: parsed().invocations[0]?.outcome });
  }
  expect(Object.fromEntries(ends)).toEqual({
    throw: { waits: [0], outcome: 'failed' },
    pause: { waits: [10], outcome: 'failed' },
    hang: { waits: [10_010], outcome: 'failed' },
  });
});

it('counts as failed at its timeout when Lambda ends it while it hangs', async () => {
  for (let position = 1; position < 40; position += 1) {
    const { observe, lines, parsed } = open({ rules: ALWAYS, ends: true });
    await expect(observe(eventOf(inserted(position)), CONTEXT)).rejects.toThrow('timed out');
    if (!lines[0]?.includes('"plan":"hang"')) continue;
    expect(parsed().invocations).toMatchObject([
      { outcome: 'failed', endedMs: NOW_MS + 1_000 + 10_000 },
    ]);
    return;
  }
  expect.unreachable('no batch was selected to hang');
});

const HASH = 'd41d8cd98f00b204e9800998ecf8427e';
const ADDRESS = '203.0.113.77';
const PERSONAL = [HASH, ADDRESS, 'Mozilla/5.0', 'jane@example.com', '2001:db8::7'];

it('logs nothing of the row, nor values in unexpected places', async () => {
  const image = { session_hash: { S: HASH }, address: { S: ADDRESS }, agent: { S: 'Mozilla/5.0' } };
  const personal = {
    ...inserted(1),
    ...{ eventID: HASH, eventName: ADDRESS, eventSource: ADDRESS, awsRegion: 'jane@example.com' },
    eventSourceARN: `arn:aws:dynamodb:::table/${HASH}`,
    userIdentity: { principalId: 'jane@example.com', type: '2001:db8::7' },
    dynamodb: {
      ...{ Keys: image, NewImage: image, OldImage: image, SequenceNumber: ADDRESS },
      ApproximateCreationDateTime: ADDRESS as unknown as number,
    },
  };
  const { observe, lines } = open();
  const event = {
    shardId: `${ADDRESS} ${HASH}`,
    Records: [personal as never],
    window: { start: ADDRESS, end: 'jane@example.com' },
    state: { previous: `2001:db8::7/${HASH}` },
    visitor: ADDRESS,
  };
  await observe(event, { ...CONTEXT, awsRequestId: ADDRESS });
  expect(lines.length).toBe(2);
  for (const text of [...PERSONAL, HASH.slice(0, 8)]) expect(lines.join('\n')).not.toContain(text);
});

it('keeps each line far below the limit of a log, and a full batch complete', async () => {
  const { observe, lines, parsed } = open();
  const positions = Array.from({ length: 10_000 }, (_, index) => index * 123_456);
  await observe(eventOf(...positions.map((position) => inserted(position))), CONTEXT);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(40_000);
  expect(parsed().invocations[0]?.records.map(({ number }) => String(number))).toEqual(
    positions.map(sequenceNumber),
  );
});
