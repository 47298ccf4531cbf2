import { agrees, type Verification, verifyRows } from '../audit/verify.ts';
import type { Command } from './command.ts';
import { EXIT } from './exit-code.ts';
import { parseOptions } from './options.ts';
import { openRowReader } from './row-reader.ts';
import { openTarget, TARGET_HELP, TARGET_OPTIONS } from './target/target.ts';

const HELP = `Reads all session rows and compares them with the counter. Changes nothing.

  npm run counter -- verify (--stack NAME | --local | ...) [--json]

All rows are compared with total - removed, up to this moment. What is counted while the rows are
read, visits, deletions and imported rows alike, may be on one side only: that many is the possible
error, and 0 while nothing comes. They agree when they differ by no more than that.

The days before today (UTC; until 06:00 before yesterday) are compared once more, each by itself: new
visits change neither side there, and sessions that are missing from one day cannot be hidden by
removals that are missing from another. Days more than 85 days ago are compared as one.

It sees what the rows show. A session that was lost and whose row is gone as well leaves no trace.

Reading a table costs half a read unit for each 4 kB: about 0.01 USD for a million rows.

${TARGET_HELP}

Exit codes: 0 they agree, 1 they do not.

Examples:
  npm run counter -- verify --local
  npm run counter -- verify --stack session-counter --json`;

/** `verify`: whether the rows agree with the counter. */
export const verifyCommand: Command = {
  summary: 'compare the rows with the counter',
  help: HELP,
  run: async (args, { env, console, signal }) => {
    const target = await openTarget(parseOptions(args, TARGET_OPTIONS), env);
    const found = await verifyRows(await openRowReader(target, { console, signal }));
    const { cutoff, missing, surplus, uncertainty } = found.settled;
    const text = [
      ...['All sessions until now', ...describe(found)],
      `Sessions of first visits before ${cutoff}, day by day`,
      `  missing in the count ${missing}`,
      `  too many in it       ${surplus}`,
      `  possible error       ${uncertainty}`,
      agrees(found)
        ? console.paint('green', 'They agree.')
        : console.paint('red', 'They disagree. See rebuild --help.'),
    ];
    console.answer(text.join('\n'), found);
    return agrees(found) ? EXIT.ok : EXIT.no;
  },
};

const describe = ({ rows, expected, uncertainty }: Verification): string[] => [
  `  rows in the table    ${rows}`,
  `  total - removed      ${expected}`,
  `  possible error       ${uncertainty}`,
];
