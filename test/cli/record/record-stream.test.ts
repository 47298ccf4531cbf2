import { appendFileSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { createConsole } from '../../../src/cli/console/console.ts';
import { recordStream } from '../../../src/cli/record/record-stream.ts';
import { openRecording } from '../../../src/cli/record/recording.ts';
import type { StreamReader } from '../../../src/tables/stream-reader.ts';
import { createFastClock } from '../../support/fast-clock.ts';
import { createScriptedStream, namedError, sdkRecord } from '../../support/scripted-stream.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const STREAM = 'arn:aws:dynamodb:local:000000000000:table/sessions/stream/1';

const recordFrom = async (
  reader: StreamReader,
  {
    idleMs = 1_000,
    silenceMs = 30_000,
    file = join(temporaryFolder(), 'all.jsonl'),
    signal = AbortSignal.timeout(15_000),
  },
) => {
  const err = new PassThrough();
  const said = text(err);
  const console = createConsole({ out: new PassThrough(), err }, false);
  const recording = await openRecording(file, STREAM);
  const work = { ...{ reader, streamArn: STREAM, recording, file, console, signal, idleMs } };
  const clock = createFastClock();
  const outcome = await recordStream({ ...work, clock, silenceMs }).catch((error: Error) => error);
  recording.close();
  err.end();
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(1);
  return { outcome, said: await said, lines: lines.map((line) => JSON.parse(line)), file };
};
const stream = (from: number, to: number, closed = false) =>
  createScriptedStream({
    'shard-a': {
      records: Array.from({ length: to - from + 1 }, (_, at) => sdkRecord(from + at)),
      closed,
    },
  });

it('continues after the last record of each shard in the file, and skips a finished shard', async () => {
  const { outcome, file } = await recordFrom(stream(1, 3), {});
  expect(outcome).toBe(3);
  const { outcome: more, lines } = await recordFrom(stream(1, 5, true), { file });
  expect(more).toBe(2);
  expect(lines.map(({ eventID }) => eventID)).toEqual(['1', '2', '3', '4', '5', undefined]);
  const { outcome: none } = await recordFrom(stream(1, 5, true), {
    ...{ file, idleMs: 0, signal: AbortSignal.timeout(300) },
  });
  expect(none).toBe(0);
});

it('fails if the stream cannot be read, and logs the reason once', async () => {
  let reads = 0;
  const unreadable: StreamReader = {
    ...stream(1, 1),
    readRecords: () => {
      reads += 1;
      return Promise.reject(namedError('AccessDenied'));
    },
  };
  const { outcome, said } = await recordFrom(unreadable, { silenceMs: 8_000 });
  expect(outcome).toMatchObject({ message: expect.stringContaining('The stream cannot be read') });
  expect(reads).toBeGreaterThan(1);
  expect(said.match(/AccessDenied/g)).toHaveLength(1);
});

it('reports once that a stream does not respond, and keeps waiting without --until-idle', async () => {
  const silent: StreamReader = { ...stream(1, 1), readRecords: () => new Promise(() => undefined) };
  const shards: StreamReader = {
    ...silent,
    openShard: () => Promise.reject(namedError('Timeout')),
  };
  const { outcome, said } = await recordFrom(shards, {
    ...{ idleMs: 0, silenceMs: 2_000, signal: AbortSignal.timeout(800) },
  });
  expect(outcome).toBe(0);
  expect(said.match(/The stream has not responded/g)).toHaveLength(1);
});

it('closes a recording that cannot be read', async () => {
  const file = join(temporaryFolder(), 'all.jsonl');
  (await openRecording(file, STREAM)).close();
  appendFileSync(file, '{"no":"record"}\n');
  await expect(openRecording(file, STREAM)).rejects.toThrow(`${file}:2 is not a stream record`);
  const open = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return 'gone'; // The descriptor that listed this directory.
    }
  });
  expect(open).not.toContain(file);
});
