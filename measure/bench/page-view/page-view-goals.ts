import type { Goal, Row } from '../part/part.ts';

/** What a page view must keep at every number of stored sessions, by the rows of the measurement. */
export const pageViewGoals = (rows: readonly Row[]): Goal[] => {
  const ours = rows.filter(({ counter }) => counter === 'ours');
  const valuesOf = (column: string) => ours.map((row) => row[column] ?? '');
  const flat = (column: string): Goal => {
    const values = valuesOf(column);
    const isMet = values.every((value) => value === values[0]);
    return {
      ...{ goal: `our ${column} are the same at every size`, kind: 'counted', isMet },
      measured: values.map(Number),
    };
  };
  const slowest = Math.max(...valuesOf('p50 against the fewest').map(Number));
  return [
    flat('requests'),
    flat('read units'),
    flat('write units'),
    {
      // The first views are measured while few sessions are active: those of the views before.
      ...{ goal: 'our page view reads 1 unit while few sessions are active', kind: 'counted' },
      isMet: valuesOf('read units, fewest').every((value) => value === 1),
      measured: valuesOf('read units, fewest').map(Number),
    },
    {
      ...{ goal: 'our total is exact at every size', kind: 'counted' },
      isMet: ours.every((row) => row['shown unique'] === row['actually unique']),
      measured: valuesOf('error of the total').join(', '),
    },
    {
      ...{ goal: 'our p50 at any size is within 1.2 times that at the fewest', kind: 'timed' },
      ...{ isMet: slowest <= 1.2, measured: [slowest] },
    },
  ];
};
