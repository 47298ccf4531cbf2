import { appendFileSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { createConsole } from '../../../src/cli/console/console.ts';
import { recordStream } from '../../../src/cli/record/record-stream.ts';
import { openRecording } from '../../../src/cli/record/recording.ts';
import type { StreamReader } from '../../../src/tables/stream-reader.ts';
import { createScriptedStream, namedError, sdkRecord } from '../../support/scripted-stream.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const STREAM = 'arn:aws:dynamodb:local:000000000000:table/sessions/stream/1';

const recordFrom = async (
  reader: StreamReader,
  {
    idleMs = 300,
    file = join(temporaryFolder(), 'all.jsonl'),
    signal = AbortSignal.timeout(15_000),
  },
) => {
  const err = new PassThrough();
  const said = text(err);
  const console = createConsole({ out: new PassThrough(), err }, false);
  const recording = await openRecording(file, STREAM);
  const work = { ...{ reader, streamArn: STREAM, recording, file, console, signal, idleMs } };
  const outcome = await recordStream({ ...work, silenceMs: 1_500 }).catch((error: Error) => error);
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

it('goes on behind the last record in the file, shard by shard, and leaves out one that is finished', async () => {
  const { outcome, file } = await recordFrom(stream(1, 3), {});
  expect(outcome).toBe(3);
  const { outcome: more, lines } = await recordFrom(stream(1, 5, true), { file });
  expect(more).toBe(2);
  expect(lines.map(({ eventID }) => eventID)).toEqual(['1', '2', '3', '4', '5', undefined]);
  const { outcome: none } = await recordFrom(stream(1, 5, true), {
    ...{ file, idleMs: 0, signal: AbortSignal.timeout(1_000) },
  });
  expect(none).toBe(0);
});

it('is not done when the stream cannot be read: it says so, and why once', async () => {
  const away: StreamReader = {
    ...stream(1, 1),
    readRecords: () => Promise.reject(namedError('AccessDenied')),
  };
  const { outcome, said } = await recordFrom(away, {});
  expect(outcome).toMatchObject({ message: expect.stringContaining('The stream cannot be read') });
  expect(said.match(/AccessDenied/g)).toHaveLength(1);
});

it('says that a stream does not answer, and waits for it while somebody is there', async () => {
  const silent: StreamReader = { ...stream(1, 1), readRecords: () => new Promise(() => undefined) };
  const shards: StreamReader = {
    ...silent,
    openShard: () => Promise.reject(namedError('Timeout')),
  };
  const { outcome, said } = await recordFrom(shards, {
    idleMs: 0,
    signal: AbortSignal.timeout(4_000),
  });
  expect(outcome).toBe(0);
  expect(said.match(/The stream has not answered/g)).toHaveLength(1);
});

it('a recording that cannot be read is closed again', async () => {
  const file = join(temporaryFolder(), 'all.jsonl');
  (await openRecording(file, STREAM)).close();
  appendFileSync(file, '{"no":"record"}\n');
  await expect(openRecording(file, STREAM)).rejects.toThrow(`${file}:2 is no stream record`);
  const open = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return 'gone'; // The descriptor of this very list.
    }
  });
  expect(open).not.toContain(file);
});
