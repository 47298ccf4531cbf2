import type { Findings, Row } from '../part/part.ts';
import type { Results } from '../results.ts';
import { type Line, lineChart } from './line-chart.ts';

/** The charts of a run by file name; identical for identical results. */
export const drawCharts = ({ parts }: Results): Record<string, string> => {
  const views = rowsOf(parts['page-view']);
  const reads = rowsOf(parts['active-sessions']);
  const stored = 'stored sessions';
  return {
    'page-view-time.svg': lineChart({
      ...{ title: 'Half of the page views take less than', x: stored, y: 'ms' },
      lines: linesOf(views, { by: 'counter', x: 'stored', y: 'p50 ms' }),
    }),
    'page-view-units.svg': lineChart({
      ...{ title: 'Read units of a page view', x: stored, y: 'read units' },
      lines: linesOf(views, { by: 'counter', x: 'stored', y: 'read units' }),
    }),
    'active-units.svg': lineChart({
      ...{ title: 'Read units of GET /counts', x: 'active sessions', y: 'read units' },
      lines: linesOf(reads, { by: 'budget', x: 'active', y: 'units a read' }),
    }),
  };
};

// A run of only some parts cannot draw the charts of the others.
const rowsOf = (findings: Findings | undefined): readonly Row[] => {
  if (findings) return findings.rows;
  throw new Error('The results lack a part: run the benchmark without --only');
};

interface Columns {
  readonly by: string;
  readonly x: string;
  readonly y: string;
}

const linesOf = (rows: readonly Row[], { by, x, y }: Columns): Line[] =>
  [...new Set(rows.map((row) => String(row[by])))].map((name) => ({
    name: by === 'budget' ? `budget ${name}` : name,
    points: rows.filter((row) => row[by] === name).map((row) => [Number(row[x]), Number(row[y])]),
  }));
