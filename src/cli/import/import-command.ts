import { setTimeout } from 'node:timers/promises';
import { IANAZone } from 'luxon';
import type { SessionRules } from '../../domain/session-touch.ts';
import { readIngestSettings } from '../../settings/settings.ts';
import { importSession } from '../../tables/import-session.ts';
import type { Command, CommandContext } from '../command.ts';
import { UsageError } from '../command-error.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { parseOptions, parseWholeNumber } from '../options.ts';
import { openTarget, TARGET_HELP, TARGET_OPTIONS, type Target } from '../target/target.ts';
import { importRows } from './import-rows.ts';
import { type ImportSums, NO_SUMS, readState, removeState, resetRejects } from './import-state.ts';
import { createPacer } from './pacer.ts';
import { openFiles, openTable, type RowSource } from './row-source.ts';

const OPTIONS = {
  ...TARGET_OPTIONS,
  'from-table': { type: 'string' },
  'from-file': { type: 'string', multiple: true },
  'time-zone': { type: 'string', default: 'UTC' },
  'max-write-units': { type: 'string' },
  rejects: { type: 'string', default: 'import-rejects.jsonl' },
  state: { type: 'string', default: 'import-state.json' },
  'dry-run': { type: 'boolean', default: false },
} as const;

const WRITE_UNITS = { default: 50, min: 1, max: 100_000 };

const HELP = `Takes over the sessions of an older counter.

  npm run counter -- import --from-table OLD (--stack NAME | --local | ...)
  npm run counter -- import --from-file PATH [--from-file PATH ...] (--stack NAME | --local | ...)

Its rows have session_hash, first_accessed and last_accessed. Each becomes a session row by one
conditional write, unless a row as new is there, and is counted by the projector like any visit. So it
may be run again, and after a kill or Ctrl-C it goes on where it was. Visits of these sessions match when
the counter hashes as the older one did: HASH_SCHEME=sha256.

  --from-file PATH      lines of JSON, of DynamoDB JSON or of a DynamoDB export, with or without gzip;
                        or a folder of such files
  --time-zone ZONE      of times that name none, such as Europe/Berlin (default UTC)
  --max-write-units N   write units a second, ${WRITE_UNITS.min} to ${WRITE_UNITS.max} (default ${WRITE_UNITS.default}); a new row takes 2
  --rejects FILE        rows that are none, with line and reason (default import-rejects.jsonl)
  --state FILE          how far it is; removed at the end (default import-state.json)
  --dry-run             read and judge, and write nothing

Rows are kept for RETENTION_DAYS from the import on, however old they are.

${TARGET_HELP}

Exit codes: 0 all rows are there, 1 some were rejected.

Examples:
  npm run counter -- import --stack session-counter --from-table visitors
  npm run counter -- import --stack session-counter --from-file export/data --max-write-units 100
  npm run counter -- import --local --from-file rows.jsonl.gz --time-zone Europe/Berlin --dry-run`;

/** `import`: the sessions of an older counter. */
export const importCommand: Command = {
  summary: 'take over the sessions of an older counter',
  help: HELP,
  run: async (args, context) => {
    const values = parseOptions(args, OPTIONS);
    const wanted = judgeOptions(values);
    const target = await openTarget(values, context.env);
    const source = await openSource(values, target);
    const startedAt = Date.now();
    const sums = await importFrom(source, target, { ...wanted, ...context });
    return tell(
      sums,
      { seconds: (Date.now() - startedAt) / 1_000, rejects: values.rejects },
      context,
    );
  },
};

type Values = ReturnType<typeof parseOptions<typeof OPTIONS>>;

const judgeOptions = (values: Values) => {
  const units = parseWholeNumber('--max-write-units', values['max-write-units'], WRITE_UNITS);
  const timeZone = values['time-zone'];
  if (timeZone !== 'UTC' && !IANAZone.isValidZone(timeZone)) {
    throw new UsageError(`--time-zone must be one such as Europe/Berlin, but it is "${timeZone}"`);
  }
  const files = { rejects: values.rejects, state: values.state };
  return { units, timeZone, files, isDryRun: values['dry-run'] };
};

const openSource = async (values: Values, target: Target): Promise<RowSource> => {
  const { 'from-table': table, 'from-file': files } = values;
  if ((table === undefined) === (files === undefined)) {
    throw new UsageError('Either --from-table OLD or --from-file PATH says what to import');
  }
  if (table === target.sessionsTable) {
    throw new UsageError(`--from-table must be another table than the target's, ${table}`);
  }
  return table === undefined ? openFiles(files ?? []) : openTable(target.client, table);
};

type Wanted = ReturnType<typeof judgeOptions> & CommandContext;

const importFrom = async (
  source: RowSource,
  { client, sessionsTable, settings }: Target,
  { units, timeZone, files, isDryRun, console, signal }: Wanted,
): Promise<ImportSums> => {
  const name = `${source.name}\nto ${sessionsTable}`;
  const rules = readRules(settings, sessionsTable);
  const kept = isDryRun ? undefined : readState(files.state, name);
  if (kept) console.note(`Going on behind ${kept.sums.read} rows that were imported before.`);
  const state = kept ?? { name, position: undefined, rejectBytes: 0, sums: NO_SUMS };
  if (!isDryRun) resetRejects(files.rejects, state.rejectBytes);
  const progress = console.progress({ label: 'Importing', unit: 'rows', total: undefined });
  const now = Date.now();
  const dependencies = {
    ...{ source, files, isDryRun, signal, onRows: progress.advance },
    write: importSession.bind(undefined, client, sessionsTable),
    rules: { ...rules, timeZone, nowMs: now },
    pacer: createPacer(units, now),
    sleep: (ms: number) => setTimeout(ms, undefined, { signal }),
  };
  const sums = await importRows(dependencies, state).finally(progress.stop);
  if (!isDryRun) removeState(files.state);
  return sums;
};

const readRules = (settings: Target['settings'], SESSIONS_TABLE: string): SessionRules =>
  readIngestSettings({ ...settings, SESSIONS_TABLE }).rules;

const tell = (
  sums: ImportSums,
  { seconds, rejects }: { readonly seconds: number; readonly rejects: string },
  { console }: CommandContext,
): ExitCode => {
  const { read, inserted, updated, unchanged, rejected, writeUnits } = sums;
  const text = [
    `Rows read        ${read}`,
    `  inserted       ${inserted}`,
    `  updated        ${updated}`,
    `  already there  ${unchanged}`,
    `  rejected       ${rejected}${rejected > 0 ? `, see ${rejects}` : ''}`,
    `Write units      ${writeUnits}`,
    `Time             ${seconds.toFixed(1)} s`,
  ];
  console.answer(text.join('\n'), { ...sums, seconds });
  return rejected === 0 ? EXIT.ok : EXIT.no;
};
