import { commandLine } from '../../runtime/command-line.ts';
import { COUNTER_HELP, COUNTER_OPTION } from '../counter-option.ts';
import { EXIT } from '../exit-code.ts';
import { TARGET_HELP, TARGET_OPTIONS } from '../target/target.ts';

/** The seconds of `--margin`: ingest times out after 15 s; the rest allows for clock skew. */
export const MARGIN = { default: 60, min: 1, max: 3_600 };
/** The seconds of `--apart`: if visits are counted later than this, the alarm stream-behind goes off. */
export const INTERVAL = { default: 120, min: 1, max: 3_600 };

/** The help of `rebuild`. */
export const REBUILD_HELP = `Compare the counter with the session rows and correct it, while visits continue.

Usage: ${commandLine('rebuild', '(--stack NAME | --local | ...) [--yes] [--lower-total]')}
         [--counter NAME] [--margin SECONDS] [--apart SECONDS] [--json]

rebuild writes a cutoff, a time shortly ahead, to the counter. From then on the projector also counts
the sessions of that day since the cutoff separately. rebuild looks for rows that are already dated
past the cutoff, waits, reads all rows, and compares those before the cutoff with the counter, day by
day. Without --yes it reports the differences and changes nothing. With --yes it compares again ${INTERVAL.default}
seconds later. If both comparisons agree, it corrects the counter in one write: readers see either the
old numbers or the new ones.

Missing sessions are added to the total. If the counter has more rows than the table, removals were
lost, because no record is ever counted twice: they are added to the removed rows, and the total stays
the same. Lost sessions whose rows are also gone cannot be recovered. A row whose first_accessed was
changed, or was only added by a later visit, looks like both: --yes would count its session twice.

All counters are compared in one pass over the rows, and each is corrected by a write of its own. With
several, only those that need a correction are shown. If one of them cannot be compared, nothing is
changed; --counter rebuilds one alone.

The possible error is the number of rows dated before the cutoff that came or went while the rows were
read. rebuild can be killed at any time without harm: run it again. If two run at once, the second one
replaces the first. It waits by DynamoDB's clock, so your clock may be wrong.

  --yes              correct the counter
${COUNTER_HELP}
  --lower-total      if the counter has more rows than the table, lower the total instead; only if you
                     know that it was too high, for example after a wrong correction
  --margin SECONDS   how long to wait for visits in progress, ${MARGIN.min} to ${MARGIN.max} (default ${MARGIN.default}); at least
                     the timeout of ingest plus the difference between its clock and DynamoDB's
  --apart SECONDS    time between the two comparisons, ${INTERVAL.min} to ${INTERVAL.max} (default ${INTERVAL.default}); needed because an
                     open shard of the stream never reports that it has been read to its end

${TARGET_HELP}

Exits ${EXIT.ok} if the counter agrees with the rows, or does so now; ${EXIT.problemsFound} if it does not and --yes is missing.

Examples:
  ${commandLine('rebuild', '--stack session-counter')}
  ${commandLine('rebuild', '--stack session-counter --yes')}
  ${commandLine('rebuild', '--local --margin 15 --yes')}`;

/** The options of `rebuild`. */
export const REBUILD_OPTIONS = {
  ...TARGET_OPTIONS,
  ...COUNTER_OPTION,
  yes: { type: 'boolean' },
  'lower-total': { type: 'boolean' },
  margin: { type: 'string' },
  apart: { type: 'string' },
} as const;
