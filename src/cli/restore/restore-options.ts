import { SITE } from '../../domain/counter-name.ts';
import type { Interval } from '../../domain/interval.ts';
import { commandLine } from '../../runtime/command-line.ts';
import { UsageError } from '../command-error.ts';
import { COUNTER_OPTION, parseCounterOption } from '../counter-option.ts';
import { EXIT } from '../exit-code.ts';
import {
  parseSource,
  SOURCE_HELP,
  SOURCE_OPTIONS,
  type SourceOptions,
} from '../import/source-options.ts';
import { type NumberRange, parseOptions, parseWholeNumber } from '../options.ts';
import { TARGET_HELP, TARGET_OPTIONS } from '../target/target.ts';
import { parseInterval } from '../undo/parse-interval.ts';
import type { UndoRequest } from '../undo/undo-work.ts';

const WRITE_UNITS: NumberRange = { default: 50, min: 1, max: 100_000 };

const OPTIONS = {
  ...TARGET_OPTIONS,
  ...SOURCE_OPTIONS,
  ...COUNTER_OPTION,
  retracted: { type: 'boolean', default: false },
  from: { type: 'string' },
  to: { type: 'string' },
  yes: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  abort: { type: 'boolean', default: false },
  'max-write-units': { type: 'string' },
} as const;

/** What the options ask for. */
export interface RestoreRequest extends UndoRequest {
  /** Undefined gives up the restore that is running. */
  readonly source: SourceOptions | undefined;
  readonly kind: 'restore' | 'restore-retracted';
  /** Only rows whose first visit lies in it; undefined for all. */
  readonly interval: Interval | undefined;
  readonly isPreview: boolean;
}

/** The help of `restore`. */
export const RESTORE_HELP = `Bring back deleted rows of one counter from a backup.

Usage: ${commandLine('restore', '--from-table BACKUP (--stack NAME | --local | ...)')}
       ${commandLine('restore', '--from-file PATH [--from-file PATH ...] (--stack NAME | --local | ...)')}
         [--counter NAME] [--retracted] [--from TIME --to TIME] [--dry-run | --yes]
         [--max-write-units N] [--json]
       ${commandLine('restore', '--abort (--stack NAME | --local | ...) [--counter NAME]')}

Which of the two to use depends on how the rows were deleted:
  without --retracted   Rows that were removed: deleted by hand or by a script. Their sessions still count, so
                        the total stays, and the number of removed rows falls.
  --retracted           Rows that retract took back by mistake. Their sessions no longer count, so the total,
                        the day and the month rise again.

A row comes back only where no row exists: a visitor who has come back keeps the new row. It comes back as it
was, without the mark of a retract, and expires when it would have. Rows that have expired are left out.

Without --yes it shows what it would bring back, and changes nothing. A backup of the whole table also has the
rows that other visitors had deleted since, and those that a retract took: select the rows with --from and --to.
Without --retracted, rows with the mark of a retract are left out, and a restore of more rows than were removed,
in all or on one of the last days, is refused. With --retracted, it is refused if no retract ran after
the first visits.

It can be killed at any time: run it again with the same options to finish it. Until then the counter cannot
be rebuilt, verified, retracted or dropped. --abort gives it up: the rows that are back stay.

${SOURCE_HELP}
  --counter NAME        the counter, such as site or blog/first-post (default: ${SITE})
  --retracted           the rows were taken back by retract; see above
  --from TIME           only rows whose first visit is at this time or later, such as 2026-11-27T03:00Z
  --to TIME             and before this time
  --dry-run             change nothing, as without --yes
  --yes                 bring the rows back
  --abort               give up a restore that was killed
  --max-write-units N   write units per second, ${WRITE_UNITS.min} to ${WRITE_UNITS.max} (default ${WRITE_UNITS.default}); a row takes 2

${TARGET_HELP}

Exits ${EXIT.ok} on success, ${EXIT.problemsFound} if rows were rejected or the restore would be refused.

Examples:
  ${commandLine('restore', '--stack session-counter --from-table sessions-before')}
  ${commandLine('restore', '--local --from-file rows.jsonl --retracted --from 2026-11-27T03:00Z --to 2026-11-27T05:00Z --yes')}`;

/** Parses the options of `restore`. Throws a UsageError if one is missing, invalid or contradicts another. */
export const parseRestore = (args: string[]): RestoreRequest => {
  const values = parseOptions(args, OPTIONS);
  const { from, to, yes, 'dry-run': isDry, abort, retracted } = values;
  if (yes && isDry) throw new UsageError('Give either --yes or --dry-run');
  if (abort && isAnyGiven([values['from-table'], values['from-file'], from, to, yes || undefined]))
    throw new UsageError('--abort needs no source, no interval and no --yes');
  return {
    counter: parseCounterOption(values.counter) ?? SITE,
    source: abort ? undefined : parseSource(values),
    kind: retracted ? 'restore-retracted' : 'restore',
    interval: isAnyGiven([from, to]) ? parseInterval(from, to) : undefined,
    isPreview: !yes,
    units: parseWholeNumber('--max-write-units', values['max-write-units'], WRITE_UNITS),
    target: values,
  };
};

const isAnyGiven = (values: readonly unknown[]): boolean =>
  values.some((value) => value !== undefined);
