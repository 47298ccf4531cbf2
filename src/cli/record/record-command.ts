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

const HELP = `Writes the stream of the sessions table to a file, for as long as it runs.

  npm run counter -- record --to FILE (--stack NAME | --local | ...) [--until-idle SECONDS]

It begins with the oldest record that the stream holds, which is a day old at most. Run again with the
same FILE it goes on behind the last record there, after a kill and after a full disk as well. What it
says is in FILE is on the disk. Each line is a record with the hash of its row and the times of its
visits, and nothing else. End it with Ctrl-C.

  --to FILE             lines of JSON, new or of an earlier run; nothing else is written to. Gzip it when
                        it is complete, if you like
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
    const records = await record(target, {
      ...{ ...context, file: values.to, streamArn, idleMs: idle * 1_000 },
    });
    const are = records === 1 ? 'is' : 'are';
    context.console.print(
      `${countOf(records, 'record')} ${are} in ${values.to} now, beside what was there.`,
      { file: values.to, records },
    );
    return EXIT.ok;
  },
};

const SILENCE_MS = 30_000;

const record = async (
  { streams, name }: Target,
  work: Omit<StreamRecording, 'reader' | 'recording' | 'silenceMs'>,
): Promise<number> => {
  const recording = await openRecording(work.file, work.streamArn);
  work.console.info(`Recording the stream of ${name}. Ctrl-C ends it.`);
  const reader = createStreamReader(streams, work.streamArn);
  return recordStream({ ...work, silenceMs: SILENCE_MS, reader, recording }).finally(
    recording.close,
  );
};
