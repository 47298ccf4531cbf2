import type { State, StreamRecord, Sums } from './state.ts';

/** The numbers of inserts and removals among the records. */
export const sumsOf = (records: readonly StreamRecord[]): Sums => ({
  started: records.filter(({ kind }) => kind === 'insert').length,
  removed: records.filter(({ kind }) => kind === 'remove').length,
});

/** The number of rows the records leave in the table. */
export const rowsOf = (records: readonly StreamRecord[]): number =>
  sumsOf(records).started - sumsOf(records).removed;

/** The records of all shards. */
export const recordsOf = ({ shards }: Pick<State, 'shards'>): StreamRecord[] =>
  shards.flatMap(({ records }) => records);

/** The state with `change` applied to each record, which is given its index and shard. */
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
