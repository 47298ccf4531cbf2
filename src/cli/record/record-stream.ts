import { setTimeout } from 'node:timers/promises';
import {
  type EventSourceMapping,
  startEventSourceMapping,
} from '../../local/event-source/event-source-mapping.ts';
import type { WindowedStreamEvent } from '../../local/event-source/lambda-event.ts';
import type { ShardPositions } from '../../local/event-source/shard-positions.ts';
import type { StreamEvent } from '../../projector/stream-batch.ts';
import type { StreamReader } from '../../tables/stream-reader.ts';
import type { CommandContext } from '../command.ts';
import { CommandError } from '../command-error.ts';
import { countOf } from '../console/count-of.ts';
import type { Recording } from './recording.ts';
import { type StreamWatch, watchStream } from './stream-watch.ts';

export interface StreamRecording extends Pick<CommandContext, 'console' | 'signal'> {
  readonly reader: StreamReader;
  readonly streamArn: string;
  readonly recording: Recording;
  /** The file's name. */
  readonly file: string;
  /** How long it goes on when nothing comes; 0 for ever. */
  readonly idleMs: number;
  /** For how long the stream may not answer until the reader hears of it. */
  readonly silenceMs: number;
}

/**
 * Records until the reader wants it to end, or nothing comes any more; how many records, all of
 * which are in the file. Throws a CommandError that names their number when the file cannot be
 * written, or the stream cannot be read and nobody is there to wait.
 */
export const recordStream = async (work: StreamRecording): Promise<number> => {
  const { console, file } = work;
  const watch = watchStream(work.reader, Date.now);
  const progress = console.progress({ label: 'Recording', unit: 'record', total: undefined });
  const run = { records: 0, failure: undefined as Error | undefined };
  const source = startRecording(work, { watch, run, advance: progress.advance });
  try {
    await untilOver(work, watch, run);
  } finally {
    await source.stop();
    progress.stop();
  }
  if (run.failure === undefined) return run.records;
  const written = `Before that, ${countOf(run.records, 'record')} of this run went to ${file}`;
  const text = `${run.failure.message}. ${written}; run it again to go on behind the last one there`;
  throw new CommandError(text, { cause: run.failure });
};

interface Run {
  records: number;
  /** Why it cannot go on. */
  failure: Error | undefined;
}

const startRecording = (
  { streamArn, recording, console }: StreamRecording,
  {
    watch,
    run,
    advance,
  }: { readonly watch: StreamWatch; readonly run: Run; readonly advance: (count: number) => void },
): EventSourceMapping => {
  const tell = createTeller(console, run);
  // To write again to a disk that is full would be to wait for ever, so the first failure ends it.
  const keep = <Result>(write: () => Result): Result => {
    try {
      if (run.failure) throw run.failure;
      return write();
    } catch (error) {
      run.failure ??= error as Error;
      throw error;
    }
  };
  return startEventSourceMapping({
    ...{ reader: watch.reader, streamArn, log: { warn: tell, error: tell } },
    positions: keepingPositions(recording.positions, keep),
    handler: async (event: StreamEvent) => {
      const { shardId, Records } = event as WindowedStreamEvent;
      keep(() => recording.append(shardId, Records));
      run.records += Records.length;
      advance(Records.length);
      watch.noteRecords();
      return { state: {}, batchItemFailures: [] };
    },
  });
};

const keepingPositions = (
  positions: ShardPositions,
  keep: (write: () => void) => void,
): ShardPositions => ({
  isFinished: positions.isFinished,
  find: positions.find,
  set: (shardId, position) => keep(() => positions.set(shardId, position)),
});

const SAME_WORDS_MS = 60_000;

/** Passes on what the event source says, the same words once a minute. */
const createTeller = (console: CommandContext['console'], run: Run) => {
  const toldMs = new Map<string, number>();
  return (...words: readonly unknown[]): void => {
    const why = words.find((word) => word instanceof Error);
    const text = why ? `${words[0]}: ${why.message}` : String(words[0]);
    const isNew = Date.now() - (toldMs.get(text) ?? 0) >= SAME_WORDS_MS;
    if (run.failure !== undefined || !isNew) return;
    toldMs.set(text, Date.now());
    console.problem(text);
  };
};

const LOOK_MS = 50;

const untilOver = async (
  { signal, idleMs, silenceMs, console }: StreamRecording,
  watch: StreamWatch,
  run: Run,
): Promise<void> => {
  let isTold = false;
  while (!signal.aborted && run.failure === undefined) {
    if (idleMs > 0 && watch.idleMs() >= idleMs) return;
    const isSilent = watch.silentMs() >= silenceMs;
    if (isSilent && !isTold)
      console.problem(
        `The stream has not answered for ${silenceMs / 1_000} s. It keeps its records for a day, ` +
          'and they are recorded when it answers.',
      );
    isTold = isSilent;
    if (isSilent && idleMs > 0) run.failure = new CommandError('The stream cannot be read');
    await setTimeout(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
};
