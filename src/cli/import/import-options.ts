import { IANAZone } from 'luxon';
import { UsageError } from '../command-error.ts';
import { parseOptions, parseWholeNumber } from '../options.ts';
import { TARGET_HELP, TARGET_OPTIONS } from '../target/target.ts';
import { MAX_AHEAD_MS } from './rows-ahead.ts';

const OPTIONS = {
  ...TARGET_OPTIONS,
  'from-table': { type: 'string' },
  'from-profile': { type: 'string' },
  'from-region': { type: 'string' },
  'from-endpoint': { type: 'string' },
  'from-file': { type: 'string', multiple: true },
  'time-zone': { type: 'string', default: 'UTC' },
  'max-write-units': { type: 'string' },
  rejects: { type: 'string' },
  state: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  'count-visitors-again': { type: 'boolean', default: false },
} as const;

const WRITE_UNITS = { default: 50, min: 1, max: 100_000 };

export const IMPORT_HELP = `Takes over the sessions of an older counter.

  npm run counter -- import --from-table OLD (--stack NAME | --local | ...)
  npm run counter -- import --from-file PATH [--from-file PATH ...] (--stack NAME | --local | ...)

Its rows have session_hash, first_accessed and last_accessed. All rows are read first; nothing is
written unless all hashes look like those that this counter makes, since a visitor whose row has
another counts a second time on the next visit (HASH_SCHEME=sha256 makes those of the older counter),
and no time is more than ${MAX_AHEAD_MS / 60_000} minutes ahead of DynamoDB's clock, since then the times are of another
zone than they were read in, and all rows would be hours off for ever.
Then each row becomes a session row by one conditional write, unless a row as new is there, and is
counted by the projector like any visit. So an import may be run again, and after a kill or Ctrl-C it
goes on where it was.

  --from-table TABLE    in the target's account and region, unless one of these says otherwise:
  --from-profile NAME   a profile of the AWS CLI
  --from-region REGION  such as eu-central-1
  --from-endpoint URL   such as http://localhost:8000
  --from-file PATH      what aws dynamodb scan prints, an export of DynamoDB, or lines of JSON or of
                        DynamoDB JSON, all with or without gzip; or a folder of such files
  --time-zone ZONE      of times that name none, such as Europe/Berlin (default UTC)
  --max-write-units N   write units a second, ${WRITE_UNITS.min} to ${WRITE_UNITS.max} (default ${WRITE_UNITS.default}); a new row takes 2
  --rejects FILE        rows that cannot be imported, each with line and reason; there only when there
                        are any (default PATH.import-rejects, or data/imports/TABLE.import-rejects)
  --state FILE          how far it is; removed at the end (default the same with .import-state)
  --dry-run             read all rows and tell how many can be imported; write nothing at all
  --count-visitors-again  import rows whose hashes this counter never makes

A file that is there is written to or removed only when an earlier run of the same import made it.
Rows are kept for RETENTION_DAYS from the import on, however old they are.

${TARGET_HELP}

Exit codes: 0 all rows are there, 1 some were rejected, or would be.

Examples:
  npm run counter -- import --stack session-counter --from-table visitors
  npm run counter -- import --stack session-counter --from-table visitors --from-region us-west-2
  npm run counter -- import --stack session-counter --from-file export/data --max-write-units 100
  npm run counter -- import --local --from-file rows.jsonl.gz --time-zone Europe/Berlin --dry-run`;

/** The options as they are given, and those of them that are judged. Throws a UsageError. */
export const parseImportOptions = (args: string[]) => {
  const values = parseOptions(args, OPTIONS);
  const units = parseWholeNumber('--max-write-units', values['max-write-units'], WRITE_UNITS);
  const timeZone = values['time-zone'];
  if (timeZone !== 'UTC' && !IANAZone.isValidZone(timeZone)) {
    throw new UsageError(`--time-zone must be one such as Europe/Berlin, but it is "${timeZone}"`);
  }
  const given = {
    ...(values.rejects === undefined ? {} : { rejects: values.rejects }),
    ...(values.state === undefined ? {} : { state: values.state }),
  };
  return { values, units, timeZone, given, from: parseSource(values) };
};

export type ImportOptions = ReturnType<typeof parseImportOptions>;

/** What is imported: a table, with what leads to it, or files. */
export type SourceOptions =
  | { readonly table: string; readonly place: SourceLocation }
  | { readonly paths: readonly string[] };

/** Where a table is, as far as it differs from the target's place. */
export interface SourceLocation {
  readonly profile?: string;
  readonly region?: string;
  readonly endpoint?: string;
}

const parseSource = (values: ReturnType<typeof parseOptions<typeof OPTIONS>>): SourceOptions => {
  const { 'from-table': table, 'from-file': paths } = values;
  const place = parseSourceLocation(values);
  if ((table === undefined) === (paths === undefined)) {
    throw new UsageError('Either --from-table OLD or --from-file PATH says what to import');
  }
  if (table !== undefined) return { table, place };
  if (Object.keys(place).length === 0) return { paths: paths ?? [] };
  throw new UsageError('--from-profile, --from-region and --from-endpoint go with --from-table');
};

const parseSourceLocation = (values: ReturnType<typeof parseOptions<typeof OPTIONS>>): SourceLocation => {
  const { 'from-profile': profile, 'from-region': region, 'from-endpoint': endpoint } = values;
  if (endpoint !== undefined && !/^https?:\/\//.test(endpoint)) {
    throw new UsageError(`--from-endpoint must be a URL, but it is "${endpoint}"`);
  }
  return {
    ...(profile === undefined ? {} : { profile }),
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
};
