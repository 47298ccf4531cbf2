import { ID_LENGTH, type ObservedRecord } from '../observer/observe-record.ts';
import type { BeganLine, EndedLine, ObservedLine } from '../observer/observed-line.ts';
import { unpackNumbers } from '../observer/pack-numbers.ts';
import type { Invocation, Outcome } from './recording.ts';

/** All lines of one call of a container. */
export interface CallLines {
  readonly container: string;
  readonly call: number;
  /** The earliest known time of the call, epoch milliseconds. */
  readonly at: number;
  /** The lines with its records, by part; incomplete when one is missing. */
  readonly began: ReadonlyMap<number, BeganLine>;
  readonly ended: EndedLine | undefined;
}

/** The lines of each call without duplicates, in order of time. */
export const groupByCall = (lines: readonly ObservedLine[]): CallLines[] => {
  const calls = new Map<string, ObservedLine[]>();
  for (const line of lines) {
    const id = `${line.container}/${line.call}`;
    calls.set(id, [...(calls.get(id) ?? []), line]);
  }
  return [...calls.values()].map(gather).sort((a, b) => a.at - b.at || a.call - b.call);
};

const gather = (lines: readonly ObservedLine[]): CallLines => {
  const [{ container, call }] = lines as [ObservedLine];
  const began = lines.filter((line) => line.kind === 'began');
  return {
    ...{ container, call },
    at: Math.min(...lines.map(({ at }) => at)),
    began: new Map(began.map((line) => [line.part, line])),
    ended: lines.find((line) => line.kind === 'ended'),
  };
};

/** Whether all lines with its records are present. */
export const isWhole = ({ began }: CallLines): boolean => {
  const [line] = began.values();
  return line !== undefined && began.size === line.parts;
};

/** The invocation in these lines; undefined when one with its records is missing. */
export const toInvocation = (lines: CallLines): Invocation | undefined => {
  const [first] = lines.began.values();
  if (first === undefined || !isWhole(lines)) return undefined;
  const parts = [...lines.began.values()].sort((a, b) => a.part - b.part);
  return {
    id: `${lines.container}/${lines.call}`,
    shardId: first.shardId ?? undefined,
    beganMs: first.at,
    ...endOf(first, lines.ended),
    records: parts.flatMap(unpackRecords),
    windowStart: first.windowStart ?? undefined,
    isFinal: first.isFinal,
    previous: first.previous ?? undefined,
  };
};

// An invocation that hangs on purpose logs no end: Lambda ends it at its timeout.
const endOf = (
  { at, limitMs, plan }: BeganLine,
  ended: EndedLine | undefined,
): { readonly endedMs: number | undefined; readonly outcome: Outcome } => {
  if (ended) return { endedMs: ended.at, outcome: ended.isTaken ? 'taken' : 'failed' };
  if (plan === 'hang') return { endedMs: at + limitMs, outcome: 'failed' };
  return { endedMs: undefined, outcome: plan === null ? 'unknown' : 'failed' };
};

const unpackRecords = ({ numbers, times, names, ids, count }: BeganLine): ObservedRecord[] => {
  const writtenMs = unpackNumbers(times, count);
  return unpackNumbers(numbers, count).map((number, index) => ({
    number,
    writtenMs: writtenMs[index] === undefined ? undefined : Number(writtenMs[index]),
    name: names[index] ?? '?',
    id: ids.slice(index * ID_LENGTH, (index + 1) * ID_LENGTH),
  }));
};
