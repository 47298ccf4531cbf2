import { SITE } from '../../domain/counter-name.ts';
import type { Interval } from '../../domain/interval.ts';
import { commandLine } from '../../runtime/command-line.ts';
import { UsageError } from '../command-error.ts';
import { COUNTER_OPTION, parseCounterOption } from '../counter-option.ts';
import { EXIT } from '../exit-code.ts';
import { type NumberRange, parseOptions, parseWholeNumber } from '../options.ts';
import { TARGET_HELP, TARGET_OPTIONS } from '../target/target.ts';
import { parseInterval } from '../undo/parse-interval.ts';

const WRITE_UNITS: NumberRange = { default: 50, min: 1, max: 100_000 };

/** How long after its first visit a row may still be written, in seconds; the margin of a rebuild. */
export const MARGIN_SECONDS = 60;

const OPTIONS = {
  ...TARGET_OPTIONS,
  ...COUNTER_OPTION,
  from: { type: 'string' },
  to: { type: 'string' },
  yes: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  abort: { type: 'boolean' },
  'max-write-units': { type: 'string' },
} as const;

type Values = ReturnType<typeof parseOptions<typeof OPTIONS>>;

/** What the options ask for. */
export interface RetractRequest {
  readonly counter: string;
  /** Undefined gives up the retract that is running. */
  readonly interval: Interval | undefined;
  readonly isPreview: boolean;
  /** Write units per second. */
  readonly units: number;
  readonly target: Values;
}

/** The help of `retract`. */
export const RETRACT_HELP = `Take back the sessions of one counter whose first visit lies in an interval.

Usage: ${commandLine('retract', '--from TIME --to TIME (--stack NAME | --local | ...)')}
         [--counter NAME] [--dry-run | --yes] [--max-write-units N] [--json]
       ${commandLine('retract', '--abort (--stack NAME | --local | ...) [--counter NAME]')}

Without --yes it reads all rows and shows what it would take back: how many sessions, how many there were at
the same hours of the days before, the total afterwards, and the new sessions by hour. It changes nothing.

With --yes each row is marked and then deleted, and the projector lowers the total, the day and the month of
its first visit. All sessions of the interval go, the honest ones too. The only way back is
restore --retracted, from a backup of the table. Visits go on: whoever comes back counts as a new session.

It can be killed at any time: run it again with the same interval to finish it. Until then the counter cannot
be rebuilt, verified, restored or dropped. --abort gives it up: what is deleted stays taken back, the rest stays counted.

  --from TIME          the first time, with a zone, such as 2026-11-27T03:00Z or 2026-11-27T04:00+01:00
  --to TIME            the end, which is not included; at least ${MARGIN_SECONDS} s ago by DynamoDB's clock
  --counter NAME       the counter, such as site or blog/first-post (default: ${SITE})
  --dry-run            change nothing, as without --yes
  --yes                take the sessions back
  --abort              give up a retract that was killed
  --max-write-units N  write units per second, ${WRITE_UNITS.min} to ${WRITE_UNITS.max} (default ${WRITE_UNITS.default}); a row takes 3

${TARGET_HELP}

Exits ${EXIT.ok} on success.

Examples:
  ${commandLine('retract', '--from 2026-11-27T03:00Z --to 2026-11-27T05:00Z --local')}
  ${commandLine('retract', '--from 2026-11-27T03:00Z --to 2026-11-27T05:00Z --stack session-counter --yes')}`;

/** Parses the options of `retract`. Throws a UsageError if one is missing, invalid or contradicts another. */
export const parseRetract = (args: string[]): RetractRequest => {
  const values = parseOptions(args, OPTIONS);
  const { from, to, yes = false, 'dry-run': isDry = false, abort = false } = values;
  if (yes && isDry) throw new UsageError('Give either --yes or --dry-run');
  if (abort && (from !== undefined || to !== undefined || yes || isDry))
    throw new UsageError('--abort takes neither --from, --to, --yes nor --dry-run');
  return {
    counter: parseCounterOption(values.counter) ?? SITE,
    interval: abort ? undefined : parseInterval(from, to),
    isPreview: !yes,
    units: parseWholeNumber('--max-write-units', values['max-write-units'], WRITE_UNITS),
    target: values,
  };
};
