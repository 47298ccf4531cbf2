import { IANAZone } from 'luxon';
import { SITE } from '../../domain/counter-name.ts';
import { commandLine } from '../../runtime/command-line.ts';
import { UsageError } from '../command-error.ts';
import { COUNTER_OPTION, parseCounterOption } from '../counter-option.ts';
import { EXIT } from '../exit-code.ts';
import { parseOptions, parseWholeNumber } from '../options.ts';
import { TARGET_HELP, TARGET_OPTIONS } from '../target/target.ts';
import { MAX_AHEAD_MS } from './rows-ahead.ts';
import { parseSource, SOURCE_HELP, SOURCE_OPTIONS } from './source-options.ts';

const OPTIONS = {
  ...TARGET_OPTIONS,
  ...COUNTER_OPTION,
  ...SOURCE_OPTIONS,
  'time-zone': { type: 'string', default: 'UTC' },
  'max-write-units': { type: 'string' },
  rejects: { type: 'string' },
  state: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  'count-visitors-again': { type: 'boolean', default: false },
} as const;

const WRITE_UNITS = { default: 50, min: 1, max: 100_000 };

export const IMPORT_HELP = `Import the sessions of an older counter.

Usage: ${commandLine('import', '--from-table OLD (--stack NAME | --local | ...)')}
       ${commandLine('import', '--from-file PATH [--from-file PATH ...] (--stack NAME | --local | ...)')}

Each row has session_hash, first_accessed and last_accessed. A row with counter_name is imported into
that counter. import first reads all rows, and writes nothing unless both checks pass:
  - All hashes look like those of this counter. Otherwise these visitors would be counted again on
    their next visit. The older counter used HASH_SCHEME=sha256.
  - No time is more than ${MAX_AHEAD_MS / 60_000} minutes ahead of DynamoDB's clock. Otherwise the times are in another
    time zone than assumed, and all rows would be permanently wrong by hours.
Then it writes each row with one conditional write, unless a row that is at least as new exists, and
the projector counts it like any visit. An import can be repeated; after a kill or Ctrl-C, the same
command continues where it stopped.

${SOURCE_HELP}
  --counter NAME        the counter of rows that name none (default site). Their hashes do not cover the
                        name, so --count-visitors-again is needed as well
  --time-zone ZONE      time zone of times without one, such as Europe/Berlin (default UTC)
  --max-write-units N   write units per second, ${WRITE_UNITS.min} to ${WRITE_UNITS.max} (default ${WRITE_UNITS.default}); a new row takes 2
  --rejects FILE        where to write rows that cannot be imported, with line and reason; created only
                        if needed (default PATH.import-rejects or data/imports/TABLE.import-rejects)
  --state FILE          where to save progress; deleted at the end (default the same with .import-state)
  --dry-run             read all rows and report how many can be imported; write nothing
  --count-visitors-again  import rows whose hashes this counter never creates

An existing file is changed or deleted only if an earlier run of the same import created it. Rows are
kept for RETENTION_DAYS after the import, however old they are.

${TARGET_HELP}

Exits ${EXIT.ok} if all rows are imported, ${EXIT.problemsFound} if some are rejected or would be.

Examples:
  ${commandLine('import', '--stack session-counter --from-table visitors')}
  ${commandLine('import', '--stack session-counter --from-table visitors --from-region us-west-2')}
  ${commandLine('import', '--stack session-counter --from-file export/data --max-write-units 100')}
  ${commandLine('import', '--local --from-file rows.jsonl.gz --time-zone Europe/Berlin --dry-run')}`;

/** Parses the options of an import. Throws a UsageError if they are invalid. */
export const parseImportOptions = (args: string[]) => {
  const values = parseOptions(args, OPTIONS);
  const units = parseWholeNumber('--max-write-units', values['max-write-units'], WRITE_UNITS);
  const counter = parseCounterOption(values.counter) ?? SITE;
  const timeZone = values['time-zone'];
  if (timeZone !== 'UTC' && !IANAZone.isValidZone(timeZone)) {
    throw new UsageError(
      `--time-zone must be a time zone such as Europe/Berlin, but it is "${timeZone}"`,
    );
  }
  const given = {
    ...(values.rejects === undefined ? {} : { rejects: values.rejects }),
    ...(values.state === undefined ? {} : { state: values.state }),
  };
  return { values, units, timeZone, counter, given, from: parseSource(values) };
};

export type ImportOptions = ReturnType<typeof parseImportOptions>;
