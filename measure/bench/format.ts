import { markdownTable } from '../markdown.ts';
import type { Findings, Goal, Row } from './part/part.ts';
import type { Results } from './results.ts';

/** The findings of a part as Markdown: title, table and goals. */
export const formatFindings = ({ title, rows, goals }: Findings): string =>
  [`### ${title}`, formatRows(rows), ...(goals.length > 0 ? [formatGoals(goals)] : [])].join(
    '\n\n',
  );

const formatRows = (rows: readonly Row[]): string => {
  const columns = Object.keys(rows[0] ?? {});
  const cells = rows.map((row) => columns.map((column) => formatCell(row[column] ?? '')));
  return markdownTable(columns, cells);
};

const formatCell = (value: string | number): string =>
  typeof value === 'number' ? value.toLocaleString('en', { maximumFractionDigits: 2 }) : value;

const formatGoals = (goals: readonly Goal[]): string =>
  goals
    .map(
      ({ goal, isMet, measured, kind }) =>
        `- ${isMet ? 'met' : '**missed**'} (${kind}): ${goal}: ${formatMeasured(measured)}`,
    )
    .join('\n');

// A semicolon, because numbers may contain commas.
const formatMeasured = (measured: Goal['measured']): string =>
  typeof measured === 'string' ? measured : measured.map(formatCell).join('; ');

/** The conditions of a measurement, in one line. */
export const formatConditions = ({
  mode,
  seed,
  startedAt,
  seconds,
  machine,
  versions,
}: Results) => {
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const took = `--${mode}, seed ${seed}, ${startedAt.slice(0, 10)}, ${Math.round(seconds)} s`;
  return `${took}; ${machine}; ${packages.join(', ')}`;
};
