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

export interface StreamRecording extends Pick<CommandContext, 'console' | 'clock' | 'signal'> {
  readonly reader: StreamReader;
  readonly streamArn: string;
  readonly recording: Recording;
  /** The file's name, for messages. */
  readonly file: string;
  /** Stops after this many milliseconds without a record; 0 means never. */
  readonly idleMs: number;
  /** Warns the user after this many milliseconds without a response. */
  readonly silenceMs: number;
}

/**
 * Records until the signal aborts or the stream is idle, and returns the number of records, all of
 * which are in the file. Throws a CommandError with that number if the file cannot be written, or
 * if the stream cannot be read and `idleMs` is set.
 */
export const recordStream = async (work: StreamRecording): Promise<number> => {
  const { console, clock, file } = work;
  const watch = watchStream(work.reader, clock.now);
  const progress = console.progress({ label: 'Recording', unit: 'record', total: undefined });
  const run: Run = { records: 0, failure: undefined };
  const source = startRecording(work, { watch, run, advance: progress.advance });
  try {
    await waitForEnd(work, watch, run);
  } finally {
    await source.stop();
    progress.stop();
  }
  if (run.failure === undefined) return run.records;
  const written = `${countOf(run.records, 'record')} of this run had been written to ${file}`;
  const text = `${run.failure.message}. ${written}; run the command again to continue after the last one`;
  throw new CommandError(text, { cause: run.failure });
};

interface Run {
  records: number;
  /** Why the recording cannot continue. */
  failure: Error | undefined;
}

interface RunParts {
  readonly watch: StreamWatch;
  readonly run: Run;
  readonly advance: (count: number) => void;
}

const startRecording = (
  { streamArn, recording, console, clock }: StreamRecording,
  { watch, run, advance }: RunParts,
): EventSourceMapping => {
  const log = createThrottledLog({ console, clock }, run);
  // The first failed write ends the recording: retrying on a full disk would never end.
  const write = <Result>(writeNow: () => Result): Result => {
    try {
      if (run.failure) throw run.failure;
      return writeNow();
    } catch (error) {
      run.failure ??= error as Error;
      throw error;
    }
  };
  return startEventSourceMapping({
    ...{ reader: watch.reader, streamArn, log: { warn: log, error: log } },
    positions: writePositionsBy(write, recording.positions),
    handler: async (event: StreamEvent) => {
      const { shardId, Records } = event as WindowedStreamEvent;
      write(() => recording.append(shardId, Records));
      run.records += Records.length;
      advance(Records.length);
      watch.noteRecords();
      return { state: {}, batchItemFailures: [] };
    },
  });
};

const writePositionsBy = (
  write: (writeNow: () => void) => void,
  positions: ShardPositions,
): ShardPositions => ({
  isFinished: positions.isFinished,
  find: positions.find,
  set: (shardId, position) => write(() => positions.set(shardId, position)),
});

const REPEAT_MS = 60_000;

/** Prints what the event source logs, but the same message at most once a minute. */
const createThrottledLog = (
  { console, clock }: Pick<CommandContext, 'console' | 'clock'>,
  run: Run,
) => {
  const printedMs = new Map<string, number>();
  return (...words: readonly unknown[]): void => {
    const cause = words.find((word) => word instanceof Error);
    const text = cause ? `${words[0]}: ${cause.message}` : String(words[0]);
    const isDue = clock.now() - (printedMs.get(text) ?? 0) >= REPEAT_MS;
    if (run.failure !== undefined || !isDue) return;
    printedMs.set(text, clock.now());
    console.error(text);
  };
};

const CHECK_INTERVAL_MS = 50;

const waitForEnd = async (
  { signal, idleMs, silenceMs, console, clock }: StreamRecording,
  watch: StreamWatch,
  run: Run,
): Promise<void> => {
  let isReported = false;
  while (!signal.aborted && run.failure === undefined) {
    if (idleMs > 0 && watch.idleMs() >= idleMs) return;
    const isSilent = watch.silentMs() >= silenceMs;
    if (isSilent && !isReported) console.error(describeSilence(silenceMs));
    isReported = isSilent;
    if (isSilent && idleMs > 0) run.failure = new CommandError('The stream cannot be read');
    await clock.sleep(CHECK_INTERVAL_MS, signal).catch(() => undefined);
  }
};

const describeSilence = (silenceMs: number): string =>
  `The stream has not responded for ${silenceMs / 1_000} s. It keeps its records for a day, and they ` +
  'will be recorded when it responds again.';
