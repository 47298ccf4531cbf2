import { type Baseline, MAX_BASELINE } from '../../domain/baseline.ts';
import { SITE } from '../../domain/counter-name.ts';
import { isUtcDay, type UtcDay, utcDay } from '../../domain/utc-day.ts';
import { commandLine } from '../../runtime/command-line.ts';
import { UsageError } from '../command-error.ts';
import { COUNTER_OPTION, parseCounterOption } from '../counter-option.ts';
import { parseOptions, parseWholeNumber } from '../options.ts';
import { TARGET_HELP, TARGET_OPTIONS } from '../target/target.ts';

const OPTIONS = {
  ...TARGET_OPTIONS,
  ...COUNTER_OPTION,
  set: { type: 'string' },
  since: { type: 'string' },
  yes: { type: 'boolean' },
} as const;

/** The help of `baseline`. */
export const BASELINE_HELP = `Show, set or remove the baseline of a counter: what an older counter had counted that left only a number.

Usage: ${commandLine('baseline', '(--stack NAME | --local | ...) [--counter NAME]')}
         [--set N [--since DATE] [--yes]]

The sum of baseline and counted sessions is what the API, the widget, the badge and the dashboard show. The
baseline is stored beside the total, never in it: verify, rebuild and the audit compare the rows with the
counted sessions alone, and no row stands for the baseline. So set it only if you cannot import the rows: a
visitor whom the older counter knew is counted again.

Without --set it shows the baseline. With --set, but without --yes, it shows what would change, and changes
nothing. Setting it again replaces the baseline. Visits go on meanwhile.

  --counter NAME     the counter, such as blog/first-post (default: site)
  --set N            the number of sessions, a whole number up to ${MAX_BASELINE}; 0 removes the baseline
  --since DATE       the day on which the older counter began, such as 2019-03-01, if you know it
  --yes              write it

${TARGET_HELP}

Examples:
  ${commandLine('baseline', '--local')}
  ${commandLine('baseline', '--stack session-counter --set 48210 --since 2019-03-01 --yes')}
  ${commandLine('baseline', '--stack session-counter --set 0 --yes')}`;

/** Parses the arguments; `nowMs` is epoch milliseconds. Throws a UsageError if they are invalid. */
export const parseBaselineOptions = (args: string[], nowMs: number) => {
  const { counter, set, since, yes = false, ...target } = parseOptions(args, OPTIONS);
  const name = parseCounterOption(counter) ?? SITE;
  if (set !== undefined) return { name, yes, target, change: parseChange(set, since, nowMs) };
  if (since !== undefined) throw new UsageError('--since needs --set N');
  if (yes) throw new UsageError('--yes needs --set N');
  return { name, yes, target };
};

/** What to do with the baseline; without `to`, remove it. */
export interface BaselineChange {
  readonly to?: Baseline;
}

const SESSIONS = { default: 0, min: 0, max: MAX_BASELINE };

const parseChange = (set: string, since: string | undefined, nowMs: number): BaselineChange => {
  const sessions = parseWholeNumber('--set', set, SESSIONS);
  const day = parseSince(since, nowMs);
  if (sessions > 0) return { to: { sessions, ...(day !== undefined && { since: day }) } };
  if (day === undefined) return {};
  throw new UsageError('--set 0 removes the baseline, so --since cannot be given with it');
};

const parseSince = (text: string | undefined, nowMs: number): UtcDay | undefined => {
  if (text === undefined) return undefined;
  const today = utcDay(nowMs);
  if (isUtcDay(text) && text <= today) return text;
  throw new UsageError(
    `--since must be a day such as 2019-03-01, no later than today (${today} UTC), but it is "${text}"`,
  );
};
