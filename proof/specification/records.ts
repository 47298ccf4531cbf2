import type { State, StreamRecord, Sums } from './state.ts';

/** How many inserts and how many removals there are among the records. */
export const sumsOf = (records: readonly StreamRecord[]): Sums => ({
  started: records.filter(({ kind }) => kind === 'insert').length,
  removed: records.filter(({ kind }) => kind === 'remove').length,
});

/** How many rows the records leave in the table. */
export const rowsOf = (records: readonly StreamRecord[]): number =>
  sumsOf(records).started - sumsOf(records).removed;

/** The records of all shards. */
export const recordsOf = ({ shards }: Pick<State, 'shards'>): StreamRecord[] =>
  shards.flatMap(({ records }) => records);

/** The state with each record changed; it is told its place in its shard. */
export const mapRecords = (
  state: State,
  change: (record: StreamRecord, place: number, shard: number) => StreamRecord,
): State => ({
  ...state,
  shards: state.shards.map(({ records, checkpoint }, shard) => ({
    records: records.map((record, place) => change(record, place, shard)),
    checkpoint,
  })),
});
