import { agrees, type Verification, verifyRows } from '../audit/verify.ts';
import { commandLine } from '../runtime/command-line.ts';
import type { Command } from './command.ts';
import { EXIT } from './exit-code.ts';
import { parseOptions } from './options.ts';
import { openRowReader } from './row-reader.ts';
import { openTarget, TARGET_HELP, TARGET_OPTIONS } from './target/target.ts';

const HELP = `Compare all session rows with the counter. Changes nothing.

Usage: ${commandLine('verify', '(--stack NAME | --local | ...) [--json]')}

The number of rows is compared with total - removed, up to now. Visits, deletions and imported rows
that are counted while the rows are read may be on one side only. Their number is the possible error;
it is 0 while nothing changes. Rows and counter agree if they differ by no more than that.

The days before today (UTC; before yesterday until 06:00) are also compared one by one: new visits do
not affect them, and sessions missing on one day cannot be hidden by removals missing on another. Days
more than 85 days ago are compared together.

verify sees only what the rows show. A lost session whose row is also gone leaves no trace.

Reading a table costs half a read unit per 4 kB: about 0.01 USD for a million rows.

${TARGET_HELP}

Exits ${EXIT.ok} if rows and counter agree, ${EXIT.problemsFound} if they do not.

Examples:
  ${commandLine('verify', '--local')}
  ${commandLine('verify', '--stack session-counter --json')}`;

/** `verify`: compares the session rows with the counter. */
export const verifyCommand: Command = {
  summary: 'compare the session rows with the counter',
  help: HELP,
  run: async (args, context) => {
    const { console } = context;
    const target = await openTarget(parseOptions(args, TARGET_OPTIONS), context.env);
    const found = await verifyRows(await openRowReader(target, context));
    const { cutoff, missing, surplus, uncertainty } = found.settled;
    const text = [
      ...['All sessions up to now', ...describeAll(found)],
      `Sessions first seen before ${cutoff}, day by day`,
      `  missing in counter   ${missing}`,
      `  surplus in counter   ${surplus}`,
      `  possible error       ${uncertainty}`,
      agrees(found)
        ? console.paint('green', 'Rows and counter agree.')
        : console.paint('red', 'Rows and counter disagree. See rebuild --help.'),
    ];
    console.print(text.join('\n'), found);
    return agrees(found) ? EXIT.ok : EXIT.problemsFound;
  },
};

const describeAll = ({ rows, expected, uncertainty }: Verification): string[] => [
  `  rows in the table    ${rows}`,
  `  total - removed      ${expected}`,
  `  possible error       ${uncertainty}`,
];
