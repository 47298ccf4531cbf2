import { commandLine } from '../../runtime/command-line.ts';
import { findStream } from '../../tables/find-stream.ts';
import { createStreamReader } from '../../tables/stream-reader.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../command-error.ts';
import { countOf } from '../console/count-of.ts';
import { EXIT } from '../exit-code.ts';
import { parseOptions, parseWholeNumber } from '../options.ts';
import { openTarget, TARGET_HELP, TARGET_OPTIONS, type Target } from '../target/target.ts';
import { recordStream, type StreamRecording } from './record-stream.ts';
import { openRecording } from './recording.ts';

const OPTIONS = {
  ...TARGET_OPTIONS,
  to: { type: 'string' },
  'until-idle': { type: 'string' },
} as const;

const NEVER = 0;
const IDLE_SECONDS = { default: NEVER, min: 1, max: 86_400 };

const HELP = `Record the stream of the sessions table to a file, until interrupted.

Usage: ${commandLine('record', '--to FILE (--stack NAME | --local | ...) [--until-idle SECONDS]')}

Recording starts at the oldest record of the stream, which is at most a day old. If FILE is an earlier
recording, it continues after the last record in it, also after a kill or a full disk. Every record
that it reports as written is on disk. Each line is a record with the hash of its row, the times of
its visits and the name of its counter, and nothing else. Press Ctrl-C to stop.

A recording always has the records of all counters, because it continues after its last record: record
has no --counter. To see one counter, use replay --counter NAME.

  --to FILE             a new file, or a recording of the same stream; no other file is changed. It
                        holds lines of JSON. You can gzip it once it is complete
  --until-idle SECONDS  stop when no record has arrived for this long, ${IDLE_SECONDS.min} to ${IDLE_SECONDS.max} (default: never)

${TARGET_HELP}

Examples:
  ${commandLine('record', '--stack session-counter --to november.jsonl')}
  ${commandLine('record', '--local --to all.jsonl --until-idle 5')}`;

/** `record`: records a stream to a file. */
export const recordCommand: Command = {
  summary: 'record the stream of the sessions table to a file',
  help: HELP,
  run: async (args, context) => {
    const values = parseOptions(args, OPTIONS);
    const idle = parseWholeNumber('--until-idle', values['until-idle'], IDLE_SECONDS);
    const target = await openTarget(values, context.env);
    if (values.to === undefined) throw new UsageError('--to FILE is required');
    const streamArn = await findStream(target.client, target.sessionsTable);
    const records = await record(target, {
      ...{ ...context, file: values.to, streamArn, idleMs: idle * 1_000 },
    });
    const text = `Wrote ${countOf(records, 'record')} to ${values.to}.`;
    context.console.print(text, { file: values.to, records });
    return EXIT.ok;
  },
};

const SILENCE_MS = 30_000;

const record = async (
  { streams, name }: Target,
  settings: Omit<StreamRecording, 'reader' | 'recording' | 'silenceMs'>,
): Promise<number> => {
  const recording = await openRecording(settings.file, settings.streamArn);
  settings.console.info(`Recording the stream of ${name}. Press Ctrl-C to stop.`);
  const reader = createStreamReader(streams, settings.streamArn);
  const work = { ...settings, silenceMs: SILENCE_MS, reader, recording };
  return recordStream(work).finally(recording.close);
};
