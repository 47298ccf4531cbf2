import type { State, StreamRecord, Sums } from './state.ts';

/** What a record of each kind adds to the numbers of the counter. */
export const EFFECTS: Readonly<Record<StreamRecord['kind'], Sums>> = {
  insert: { started: 1, removed: 0 },
  retract: { started: -1, removed: 0 },
  remove: { started: 0, removed: 1 },
  restore: { started: 0, removed: -1 },
  other: { started: 0, removed: 0 },
};

/** What the records add to the numbers of the counter. */
export const sumsOf = (records: readonly Pick<StreamRecord, 'kind'>[]): Sums => ({
  started: records.reduce((sum, { kind }) => sum + EFFECTS[kind].started, 0),
  removed: records.reduce((sum, { kind }) => sum + EFFECTS[kind].removed, 0),
});

/** The number of rows the records leave in the table. */
export const rowsOf = (records: readonly StreamRecord[]): number =>
  newRowsOf(records) - deletionsOf(records);

const newRowsOf = (records: readonly StreamRecord[]): number =>
  countKind(records, 'insert') + countKind(records, 'restore');

const deletionsOf = (records: readonly StreamRecord[]): number =>
  countKind(records, 'remove') + countKind(records, 'retract');

/**
 * Whether a counter that has counted some records may hold these numbers, given the others: a correction makes up for
 * a new row with a session and for a deletion with a removal, so it only ever adds.
 */
export const mayHold = (
  { total, removed }: Pick<State, 'total' | 'removed'>,
  counted: readonly StreamRecord[],
  others: readonly StreamRecord[],
): boolean => {
  const least = sumsOf(counted);
  return (
    least.started <= total &&
    least.removed <= removed &&
    total <= least.started + newRowsOf(others) &&
    removed <= least.removed + deletionsOf(others)
  );
};

/** Total and removed without what counted retracts and restores took from them, so that no write may lower them. */
export const grossSumsOf = (state: State): Sums => ({
  started: state.total + countKind(countedIn(state), 'retract'),
  removed: state.removed + countKind(countedIn(state), 'restore'),
});

const countedIn = (state: State): StreamRecord[] =>
  recordsOf(state).filter(({ fate }) => fate === 'counted');

const countKind = (records: readonly StreamRecord[], kind: StreamRecord['kind']): number =>
  records.filter((record) => record.kind === kind).length;

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
