import { commandLine } from '../../runtime/command-line.ts';
import { EXIT } from '../exit-code.ts';
import { TARGET_HELP, TARGET_OPTIONS } from '../target/target.ts';

/** The options of `drop`. */
export const DROP_OPTIONS = {
  ...TARGET_OPTIONS,
  yes: { type: 'boolean' },
  'max-write-units': { type: 'string' },
} as const;

/** The write units per second of `--max-write-units`. */
export const WRITE_UNITS = { default: 50, min: 1, max: 100_000 };

/** The help of `drop`. */
export const DROP_HELP = `Take a counter away with its rows: NAME counts from zero again, or is gone.

Usage: ${commandLine('drop', 'NAME (--stack NAME | --local | ...) [--yes]')}

Without --yes it shows the total and the number of rows, and changes nothing. With --yes it deletes all rows
of the counter, waits until the deletions are counted, sets all numbers of the counter to zero, removes its
baseline, and frees its place among the names that patterns admit. It cannot be undone. It can be killed at any time: run it again.

The item of the counter keeps its checkpoints, about a hundred bytes: without them, a record that the stream
delivers again would count again. The name can be used again at once, and counts from zero.

Visits that arrive meanwhile are counted: their rows are deleted as well, or begin the counter anew. To get
rid of it for good, first take its element off the pages, or take it, or the pattern that matches it, out of
COUNTERS and deploy. The counter of the site cannot be dropped.

  NAME                 the counter, such as blog/first-post
  --yes                take it away
  --max-write-units N  write units per second, ${WRITE_UNITS.min} to ${WRITE_UNITS.max} (default ${WRITE_UNITS.default}); a row takes 2

${TARGET_HELP}

Exits ${EXIT.ok} on success.

Examples:
  ${commandLine('drop', 'blog/first-post --local')}
  ${commandLine('drop', 'blog/first-post --stack session-counter --yes')}`;
