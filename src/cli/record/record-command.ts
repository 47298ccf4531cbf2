import { once } from 'node:events';
import { findStream } from '../../local/database.ts';
import { startEventSource } from '../../local/event-source/event-source.ts';
import type { WindowedStreamEvent } from '../../local/event-source/lambda-event.ts';
import { createStreamReader } from '../../local/event-source/stream-reader.ts';
import type { StreamEvent } from '../../projector/stream-batch.ts';
import type { Command, CommandContext } from '../command.ts';
import { UsageError } from '../command-error.ts';
import { EXIT } from '../exit-code.ts';
import { parseOptions, parseWholeNumber } from '../options.ts';
import { openTarget, TARGET_HELP, TARGET_OPTIONS, type Target } from '../target/target.ts';
import { createFilePositions } from './file-positions.ts';
import { formatRecordedLine } from './recorded-line.ts';
import { openRecording, type Recording } from './recording.ts';

const OPTIONS = {
  ...TARGET_OPTIONS,
  to: { type: 'string' },
  'until-idle': { type: 'string' },
} as const;

const NEVER = 0;
const IDLE_SECONDS = { default: NEVER, min: 1, max: 86_400 };

const HELP = `Writes the stream of the sessions table to a file, for as long as it runs.

  npm run counter -- record --to FILE (--stack NAME | --local | ...) [--until-idle SECONDS]

It begins with the oldest record that the stream holds, which is a day old at most, and goes on where
it was when it is run again with the same FILE; how far it is stands in FILE.positions. A kill loses
nothing; at most some records are there twice, which replay tells apart. Each line is a record with the
hash of its row and the times of its visits, and nothing else. End it with Ctrl-C.

  --to FILE             lines of JSON; gzip it when it is complete, if you like
  --until-idle SECONDS  end by itself when nothing came for so long, ${IDLE_SECONDS.min} to ${IDLE_SECONDS.max}

${TARGET_HELP}

Examples:
  npm run counter -- record --stack session-counter --to november.jsonl
  npm run counter -- record --local --to all.jsonl --until-idle 5`;

/** `record`: the stream in a file. */
export const recordCommand: Command = {
  summary: 'write the stream to a file, as long as it runs',
  help: HELP,
  run: async (args, context) => {
    const values = parseOptions(args, OPTIONS);
    const idle = parseWholeNumber('--until-idle', values['until-idle'], IDLE_SECONDS);
    const target = await openTarget(values, context.env);
    if (values.to === undefined) throw new UsageError('--to FILE says where to write');
    const streamArn = await findStream(target.client, target.sessionsTable);
    const recording = openRecording(values.to);
    const file = { name: values.to, recording, streamArn };
    const records = await record(target, file, { ...context, idleMs: idle * 1_000 });
    recording.close();
    context.console.answer(`${records} records are in ${values.to} now, beside what was there.`, {
      file: values.to,
      records,
    });
    return EXIT.ok;
  },
};

interface RecordingFile {
  readonly name: string;
  readonly recording: Recording;
  readonly streamArn: string;
}

/** Records until the reader wants it to end, or nothing comes any more; how many records. */
const record = async (
  { streams, name }: Target,
  file: RecordingFile,
  { console, signal, idleMs }: CommandContext & { readonly idleMs: number },
): Promise<number> => {
  const progress = console.progress({ label: 'Recording', unit: 'records', total: undefined });
  const idle = createIdleSignal(idleMs);
  let records = 0;
  console.note(`Recording the stream of ${name}. Ctrl-C ends it.`);
  const tell = (...words: readonly unknown[]): void => console.problem(String(words[0]));
  const source = startEventSource({
    reader: createStreamReader(streams, file.streamArn),
    streamArn: file.streamArn,
    positions: createFilePositions(`${file.name}.positions`, file.streamArn),
    handler: async (event) => {
      records += appendEvent(file.recording, event as WindowedStreamEvent);
      progress.advance(event.Records?.length ?? 0);
      idle.postpone();
      return { state: {}, batchItemFailures: [] };
    },
    log: { warn: tell, error: tell },
  });
  await untilAborted(AbortSignal.any([signal, idle.signal]));
  await source.stop();
  idle.clear();
  progress.stop();
  return records;
};

const appendEvent = (recording: Recording, { shardId = '', Records = [] }: StreamEvent): number => {
  recording.append(Records.map((entry) => formatRecordedLine(shardId, entry)));
  return Records.length;
};

const untilAborted = async (signal: AbortSignal): Promise<void> => {
  if (!signal.aborted) await once(signal, 'abort');
};

const createIdleSignal = (idleMs: number) => {
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const clear = (): void => clearTimeout(timer);
  const postpone = (): void => {
    clear();
    if (idleMs > NEVER) timer = setTimeout(() => abort.abort(), idleMs);
  };
  postpone();
  return { signal: abort.signal, postpone, clear };
};
