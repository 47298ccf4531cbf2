import { commandLine } from '../../runtime/command-line.ts';
import { UsageError } from '../command-error.ts';
import { COUNTER_HELP, COUNTER_OPTION, parseCounterOption } from '../counter-option.ts';
import { parseOptions } from '../options.ts';
import { TARGET_HELP, TARGET_OPTIONS } from '../target/target.ts';
import type { ExportFormat } from './format-record.ts';

const OPTIONS = {
  ...TARGET_OPTIONS,
  ...COUNTER_OPTION,
  format: { type: 'string' },
  rows: { type: 'boolean' },
  to: { type: 'string' },
  overwrite: { type: 'boolean' },
} as const;

/** The help of `export`. */
export const EXPORT_HELP = `Export totals, months and days of the counters, or the session rows, as CSV or JSON lines. Changes nothing.

Usage: ${commandLine('export', '(--stack NAME | --local | ...) [--counter NAME] [--format csv|jsonl]')}
         [--rows] [--to FILE [--overwrite]]

Each record of a counter has the columns counter, kind, date, sessions and removed. The kind total has all
sessions that are counted, baseline what an older counter had counted (its date is when that began), month
and day the sessions whose first visit was in that month or on that day, in UTC. The days are the last 90;
removed rows are known by day, not by month.

With --rows each record is a session row: its hash, the name of its counter, and its first and last visit.
There is no address and no user agent in a row. Rows of any number are exported page by page. This costs half
a read unit for each 4 kB, at most 0.01 USD for a million rows. A visit during the export may be missing.

CSV follows RFC 4180: UTF-8, a header line, commas, CRLF, double quotes around a value that needs them. The
JSON lines of the rows can be imported.

${COUNTER_HELP}
  --format FORMAT    csv or jsonl (default: csv)
  --rows             the session rows, in place of the numbers
  --to FILE          a new file (default: standard output). It appears complete, or empty while the export runs
  --overwrite        replace FILE if it exists; until the export is complete, it stays as it is

${TARGET_HELP}

Examples:
  ${commandLine('export', '--local')}
  ${commandLine('export', '--stack session-counter --counter blog/first-post --format jsonl')}
  ${commandLine('export', '--stack session-counter --rows --to rows.csv')}`;

/** Parses the arguments. Throws a UsageError if they are invalid. */
export const parseExportOptions = (args: string[]) => {
  const {
    counter,
    format,
    rows = false,
    to,
    overwrite = false,
    ...target
  } = parseOptions(args, OPTIONS);
  if (overwrite && to === undefined) throw new UsageError('--overwrite needs --to FILE');
  const chosen = { name: parseCounterOption(counter), formatName: parseFormat(format) };
  return { ...chosen, rows, to, overwrite, target };
};

const parseFormat = (text = 'csv'): ExportFormat => {
  if (text === 'csv' || text === 'jsonl') return text;
  throw new UsageError(`--format must be csv or jsonl, but it is "${text}"`);
};
