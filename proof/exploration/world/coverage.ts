import { SITE } from '../../../src/domain/counter-name.ts';
import { coverageOf, isLate, mayBeLate } from './counter-errors.ts';
import { counterOfKey, itemOf } from './counter-items.ts';
import type { CounterTable } from './counter-table.ts';
import { firstRecords, has } from './record-mask.ts';
import { counterOf, type PlannedRecord } from './records.ts';
import { shardName } from './shard-name.ts';
import type { ShardState, State } from './state.ts';
import type { Stream, Streams } from './streams.ts';

/** Which records of a shard the totals must contain. */
export type Coverage = Pick<ShardState, 'covered' | 'lost'>;

/**
 * Which records of each shard are, or ever were, at or before a checkpoint of their counter once the items are
 * `item`, and which of them were too late to be counted. Throws a RangeError when a checkpoint falls, when a
 * record is lost that was not late, or when an item belongs to no counter.
 */
export const findCoverage = (
  state: State,
  item: number,
  { table, streams }: { readonly table: CounterTable; readonly streams: Streams },
): readonly Coverage[] => {
  const stream = streams.get(state.stream);
  const [before, after] = [table.items.get(state.item), table.items.get(item)];
  const counters = new Set([SITE, ...stream.flat().map(counterOf)]);
  const stray = Object.keys(after).find((key) => !counters.has(counterOfKey(key)));
  if (stray !== undefined) throw new RangeError(`The item ${stray} belongs to no counter`);
  return [...counters].reduce<readonly Coverage[]>(
    (shards, counter) =>
      coverWith(shards, {
        stream,
        counter,
        items: [before, after].map((all) => itemOf(all, counter)),
      }),
    state.shards.map(({ covered, lost }) => ({ covered, lost })),
  );
};

interface CounterWrite {
  readonly stream: Stream;
  readonly counter: string;
  /** Its item before and after. */
  readonly items: readonly ReturnType<typeof itemOf>[];
}

/** The coverage once a counter has these items. */
const coverWith = (
  shards: readonly Coverage[],
  { stream, counter, items: [before, after] }: CounterWrite,
): readonly Coverage[] => {
  const [held, holds] = [before, after].map((item) => coverageOf(item, stream, counter));
  const found = shards.map(({ covered, lost }, shard) => {
    const [from = 0, to = from] = [held?.[shard], holds?.[shard]];
    if (to < from) throw new RangeError(fall(shard, from, to));
    const own = maskOf(stream[shard] ?? [], (record) => counterOf(record) === counter);
    const reached = covered | (own & firstRecords(to));
    const late = maskOf(stream[shard] ?? [], (record) => isLate(record, before));
    return { covered: reached, lost: lost | (late & reached & ~covered) };
  });
  assertLate(stream, { shards, found });
  return found;
};

const maskOf = (
  records: readonly PlannedRecord[],
  isIn: (record: PlannedRecord) => boolean,
): number =>
  records.reduce((mask, record, place) => (isIn(record) ? mask | (1 << place) : mask), 0);

const assertLate = (
  stream: Stream,
  { shards, found }: { readonly shards: readonly Coverage[]; readonly found: readonly Coverage[] },
): void => {
  const seen = stream.flatMap((records, shard) =>
    records.filter((_, place) => has(found[shard]?.covered ?? 0, place)),
  );
  for (const [shard, { lost }] of found.entries()) {
    const newly = lost & ~(shards[shard]?.lost ?? 0);
    const wrong = stream[shard]?.find(
      (record, place) => has(newly, place) && !isAllowed(record, seen),
    );
    if (wrong) throw new RangeError(`The record of ${wrong.row} is lost although it is not late`);
  }
};

// A counter knows only the times of its own records.
const isAllowed = (late: PlannedRecord, seen: readonly PlannedRecord[]): boolean =>
  mayBeLate(
    late,
    seen.filter((record) => counterOf(record) === counterOf(late)),
  );

const fall = (shard: number, from: number, to: number): string =>
  `The checkpoint of ${shardName(shard)} falls from record ${from} to ${to}`;
