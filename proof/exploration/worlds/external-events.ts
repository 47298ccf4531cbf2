import type { PlannedRecord } from '../world/records.ts';
import { rowsOf } from '../world/session-table.ts';
import type { State } from '../world/state.ts';
import type { Streams } from '../world/streams.ts';
import type { EventOutcome, ExternalEvent } from '../world/world-plan.ts';

// Each of these occurs at one of the given clocks, or never.

/** The shard and name of a row. */
export interface Place {
  readonly shard: number;
  readonly row: string;
}

// The Lambda timeout of ingest.
const INGEST_TIMEOUT_MS = 15_000;
const DONE = 100;

/**
 * A visit: ingest stamps it with its clock, and writes the row at once or up to its timeout later. `clocks`
 * are those of the world.
 */
export const visit = ({ shard, row }: Place, clocks: readonly number[]): ExternalEvent => {
  const stampedAt = (progress: number): number => clocks[progress - 1] ?? 0;
  return {
    holdsClock: (progress, nowMs) =>
      progress > 0 && progress < DONE && nowMs > stampedAt(progress) + INGEST_TIMEOUT_MS,
    next: (progress, { state, streams }) => {
      if (progress === DONE || clocks[state.clock] === undefined) return [];
      if (progress === 0) {
        return [
          {
            progress: state.clock + 1,
            description: `A visitor arrives (${row})`,
            change: () => undefined,
          },
        ];
      }
      const record = { kind: 'insert', row, firstMs: stampedAt(progress) } as const;
      return [
        write({ streams, clocks, shard }, record, `The row of the visit is written (${row})`),
      ];
    },
  };
};

/** The import of a row first visited at `firstMs`, epoch milliseconds. */
export const importedRow = (
  { shard, row }: Place,
  firstMs: number,
  clocks: readonly number[],
): ExternalEvent => ({
  next: (progress, { state, streams }) =>
    progress === DONE || clocks[state.clock] === undefined
      ? []
      : [write({ streams, clocks, shard }, { kind: 'insert', row, firstMs }, `${row} is imported`)],
});

/** The deletion of an existing row. */
export const deletedRow = ({ shard, row }: Place, clocks: readonly number[]): ExternalEvent => ({
  next: (progress, { state, streams }) => {
    const found = rowsOf(streams.get(state.stream)).find((held) => held.row === row);
    const isOver = progress === DONE || clocks[state.clock] === undefined;
    if (isOver || found === undefined) return [];
    return [write({ streams, clocks, shard }, { kind: 'remove', ...found }, `${row} is deleted`)];
  },
});

interface Writing {
  readonly streams: Streams;
  readonly clocks: readonly number[];
  readonly shard: number;
}

const write = (
  { streams, clocks, shard }: Writing,
  record: Pick<PlannedRecord, 'kind' | 'row' | 'firstMs'>,
  description: string,
): EventOutcome => ({
  ...{ progress: DONE, description },
  change: (state: State): void => {
    const sequence = (streams.get(state.stream)[shard]?.at(-1)?.sequence ?? 0n) + 1n;
    const writtenMs = clocks[state.clock] ?? 0;
    state.stream = streams.append(state.stream, shard, { ...record, sequence, writtenMs });
  },
});
