import { coverageOf, isLate, mayBeLate } from './counter-errors.ts';
import type { CounterTable } from './counter-table.ts';
import type { PlannedRecord } from './records.ts';
import { shardName } from './shard-name.ts';
import type { ShardState, State } from './state.ts';
import type { Streams } from './streams.ts';

/** Which records of a shard the total must contain. */
export type Coverage = Pick<ShardState, 'covered' | 'lost'>;

/**
 * How many records of each shard are, or ever were, at or before a checkpoint once the item is `item`, and
 * which of them were too late to be counted. Throws a RangeError when a checkpoint falls, or when a record
 * is lost that was not late.
 */
export const findCoverage = (
  state: State,
  item: number,
  { table, streams }: { readonly table: CounterTable; readonly streams: Streams },
): readonly Coverage[] => {
  const stream = streams.get(state.stream);
  const [before, after] = [state.item, item].map((number) => table.items.get(number));
  const [held, holds] = [coverageOf(before, stream), coverageOf(after, stream)];
  const shards = state.shards.map(({ covered, lost }, shard) => {
    const [from = 0, to = from] = [held[shard], holds[shard]];
    if (to < from) throw new RangeError(fall(shard, from, to));
    const late = placesFrom(covered, to).filter((place) => {
      const record = stream[shard]?.[place];
      return record && isLate(record, before);
    });
    return {
      covered: Math.max(covered, to),
      lost: late.reduce((mask, place) => mask | (1 << place), lost),
      late,
    };
  });
  const seen = stream.flatMap((records, shard) => records.slice(0, shards[shard]?.covered));
  for (const [shard, { late }] of shards.entries()) {
    for (const place of late) assertLate(stream[shard]?.[place], seen);
  }
  return shards.map(({ covered, lost }) => ({ covered, lost }));
};

const placesFrom = (start: number, end: number): number[] =>
  Array.from({ length: Math.max(end - start, 0) }, (_, offset) => start + offset);

const assertLate = (record: PlannedRecord | undefined, seen: readonly PlannedRecord[]): void => {
  if (record && mayBeLate(record, seen)) return;
  throw new RangeError(`The record of ${record?.row} is lost although it is not late`);
};

const fall = (shard: number, from: number, to: number): string =>
  `The checkpoint of ${shardName(shard)} falls from record ${from} to ${to}`;
