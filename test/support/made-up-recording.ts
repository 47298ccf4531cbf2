import { type CheckedAssumption, checkRecording } from '../../proof/observation/check-recording.ts';
import type { ObservedRecord } from '../../proof/observation/observer/observe-record.ts';
import {
  type Beginning,
  beganLines,
  MARK,
  shardsLines,
} from '../../proof/observation/observer/observed-line.ts';
import { parseRecording } from '../../proof/observation/recording/parse-recording.ts';

// When the made-up recordings begin, epoch milliseconds.
const START_MS = Date.parse('2026-11-23T18:00:00.000Z');

/** A delivery in a test. Times are in seconds from the start of the recording. */
export interface Delivery {
  readonly shard: string | null;
  readonly at: number;
  readonly records: readonly ObservedRecord[];
  /** Defaults to 0.1 s later. */
  readonly until?: number;
  readonly fails?: boolean;
  readonly hangs?: boolean;
  readonly container?: string;
  /** Numbered by `recordingOf` by default. */
  readonly call?: number;
  readonly previous?: string;
  readonly window?: string;
  readonly isFinal?: boolean;
}

/** A record; by default written four seconds after the one before it. */
export const record = (number: number, changes: Partial<ObservedRecord> = {}): ObservedRecord => ({
  number: BigInt(number),
  writtenMs: START_MS + number * 4_000,
  name: 'I',
  id: String(number).padStart(8, 'r'),
  ...changes,
});

/** The records of these numbers. */
export const records = (...numbers: number[]): ObservedRecord[] =>
  numbers.map((number) => record(number));

/** Seconds from the start of a recording, as epoch milliseconds. */
export const atSecond = (second: number): number => START_MS + second * 1_000;

/** The lines that the observer logs for these deliveries, in order. */
export const recordingOf = (deliveries: readonly Delivery[]): string[] => {
  const calls = new Map<string, number>();
  return deliveries.flatMap((delivery) => {
    const { container = 'one', call = (calls.get(container) ?? 0) + 1 } = delivery;
    calls.set(container, call);
    return linesOf(delivery, { container, call });
  });
};

const LIMIT_MS = 10_000;

const linesOf = (
  {
    shard,
    at,
    until = at + 0.1,
    records,
    fails = false,
    hangs = false,
    previous,
    window,
    isFinal = false,
  }: Delivery,
  place: Pick<Beginning, 'container' | 'call'>,
): string[] => {
  const plan = hangs ? 'hang' : fails ? 'throw' : null;
  const beginning: Beginning = {
    ...place,
    ...{
      at: atSecond(at),
      requestId: null,
      shardId: shard,
      windowStart: window ?? null,
      windowEnd: null,
    },
    ...{ isFinal, previous: previous ?? null, limitMs: LIMIT_MS, plan },
  };
  const ended = {
    observer: MARK,
    kind: 'ended',
    at: atSecond(until),
    shardId: shard,
    isTaken: !fails,
  };
  const lines = [...beganLines(beginning, records), ...(hangs ? [] : [{ ...ended, ...place }])];
  return lines.map((line) => JSON.stringify(line));
};

/** The lines with the parents of shards: child, then parent. */
export const shardLines = (parents: Readonly<Record<string, string | undefined>>): string[] => {
  const lineages = Object.entries(parents).map(([shardId, parentShardId]) => ({
    shardId,
    parentShardId,
  }));
  const origin = { at: atSecond(0), container: 'one', call: 1 };
  return shardsLines(origin, lineages).map((line) => JSON.stringify(line));
};

/** The checked assumptions for these lines, by name. */
export const check = (lines: readonly string[]): Record<string, CheckedAssumption> =>
  Object.fromEntries(
    checkRecording(parseRecording(lines)).map((checked) => [checked.name, checked]),
  );

/** The results alone. */
export const resultsOf = (lines: readonly string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(check(lines)).map(([name, { result }]) => [name, result]));
