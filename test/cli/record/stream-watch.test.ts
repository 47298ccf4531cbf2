import { expect, it } from 'vitest';
import { watchStream } from '../../../src/cli/record/stream-watch.ts';
import { createScriptedStream, namedError } from '../../support/scripted-stream.ts';

const stream = createScriptedStream({ 'shard-a': { records: [] } });
const watchAt = (reader = stream) => {
  const clock = { nowMs: 0 };
  return { clock, watch: watchStream(reader, () => clock.nowMs) };
};

it('is idle while reads return nothing, since the last record', async () => {
  const { clock, watch } = watchAt();
  clock.nowMs = 5_000;
  expect(watch.idleMs()).toBe(0);
  await watch.reader.readRecords('shard-a@0');
  clock.nowMs = 8_000;
  await watch.reader.readRecords('shard-a@0');
  expect([watch.idleMs(), watch.silentMs()]).toEqual([3_000, 0]);
  watch.noteRecords();
  expect(watch.idleMs()).toBe(0);
});

it('is idle while only shards are listed, because all were read to their end', async () => {
  const { clock, watch } = watchAt();
  await watch.reader.listShards();
  clock.nowMs = 2_000;
  await watch.reader.listShards();
  expect([watch.idleMs(), watch.silentMs()]).toEqual([2_000, 0]);
});

it.each([
  ['fails', () => Promise.reject(namedError('AccessDenied'))],
  ['does not end', () => new Promise<never>(() => undefined)],
])('is silent, not idle, while a read %s, even if shards can be listed', async (_, readRecords) => {
  const { clock, watch } = watchAt({ ...stream, readRecords });
  await watch.reader.listShards();
  const read = watch.reader.readRecords('shard-a@0');
  await Promise.race([read, Promise.resolve()]).catch(() => undefined);
  await new Promise(setImmediate);
  clock.nowMs = 9_000;
  await watch.reader.listShards();
  expect([watch.idleMs(), watch.silentMs()]).toEqual([0, 9_000]);
});

it('is silent while a shard cannot be opened', async () => {
  const openShard = () => Promise.reject(namedError('AccessDenied'));
  const { clock, watch } = watchAt({ ...stream, openShard });
  await expect(watch.reader.openShard('shard-a', 'start')).rejects.toThrow('AccessDenied');
  clock.nowMs = 9_000;
  await watch.reader.listShards();
  expect([watch.idleMs(), watch.silentMs()]).toEqual([0, 9_000]);
});
