import { FUNCTION_LIMITS } from '../../../infra/props/function-limits.ts';
import type { Bench, Findings, Goal, Row } from '../part/part.ts';
import { measureCountersInBatch } from './counters-in-batch.ts';

const LIMIT_MS = FUNCTION_LIMITS.projector.timeoutSeconds * 1_000;

/** Batches of the projector, by the number of counters in them. */
export const benchSeveralCounters = async (bench: Bench): Promise<Findings> => {
  const rows = await measureCountersInBatch(bench);
  return { title: 'A batch of the projector, by the counters in it', rows, goals: goalsOf(rows) };
};

const goalsOf = (rows: readonly Row[]): Goal[] => {
  const slowest = Math.max(...rows.map((row) => Number(row['ms a batch'])));
  return [
    {
      ...{ goal: 'one write for each counter in a batch', kind: 'counted' },
      isMet: rows.every((row) => row['writes a batch'] === row.counters),
      measured: rows.map((row) => Number(row['writes a batch'])),
    },
    {
      ...{ goal: 'every record is counted', kind: 'counted' },
      isMet: rows.every(({ records, total }) => records === total),
      measured: rows.map(({ total }) => Number(total)),
    },
    {
      goal: `a batch takes a tenth of the ${LIMIT_MS / 1_000} s of the function, at most`,
      ...{ kind: 'timed', isMet: slowest <= LIMIT_MS / 10, measured: [slowest / 1_000] },
    },
  ];
};
