import { agrees, type Verification, verifyRows } from '../audit/verify.ts';
import type { ByCounter } from '../domain/by-counter.ts';
import { commandLine } from '../runtime/command-line.ts';
import type { Command } from './command.ts';
import type { Paint } from './console/console.ts';
import { COUNTER_HELP, COUNTER_OPTION, parseCounterOption } from './counter-option.ts';
import { EXIT } from './exit-code.ts';
import { jsonByCounter } from './json-by-counter.ts';
import { parseOptions } from './options.ts';
import { openRowReader } from './row-reader.ts';
import { openTarget, TARGET_HELP, TARGET_OPTIONS } from './target/target.ts';

const HELP = `Compare all session rows with the counter. Changes nothing.

Usage: ${commandLine('verify', '(--stack NAME | --local | ...) [--counter NAME] [--json]')}

The number of rows is compared with total - removed, up to now. Visits, deletions and imported rows
that are counted while the rows are read may be on one side only. Their number is the possible error;
it is 0 while nothing changes. Rows and counter agree if they differ by no more than that.

The days before today (UTC; before yesterday until 06:00) are also compared one by one: new visits do
not affect them, and sessions missing on one day cannot be hidden by removals missing on another. Days
more than 85 days ago are compared together.

All counters are compared, each with its own rows, which are read once. With several, only those that
disagree are shown one by one.

While a retract or a restore is running, or after it was killed, verify is refused: see their --help.

verify sees only what the rows show. A lost session whose row is also gone leaves no trace.

Reading a table costs half a read unit per 4 kB: about 0.01 USD for a million rows.

${COUNTER_HELP}

${TARGET_HELP}

Exits ${EXIT.ok} if rows and counter agree, ${EXIT.problemsFound} if they do not.

Examples:
  ${commandLine('verify', '--local')}
  ${commandLine('verify', '--stack session-counter --counter blog/first-post')}
  ${commandLine('verify', '--stack session-counter --json')}`;

const OPTIONS = { ...TARGET_OPTIONS, ...COUNTER_OPTION } as const;

/** `verify`: compares the session rows with the counters. */
export const verifyCommand: Command = {
  summary: 'compare the session rows with the counter',
  help: HELP,
  run: async (args, context) => {
    const { console } = context;
    const { counter, ...options } = parseOptions(args, OPTIONS);
    const name = parseCounterOption(counter);
    const target = await openTarget(options, context.env);
    const found = await verifyRows(await openRowReader(target, context, name));
    console.print(formatVerifications(found, console.paint), jsonByCounter(found));
    return [...found.values()].every(agrees) ? EXIT.ok : EXIT.problemsFound;
  },
};

const formatVerifications = (found: ByCounter<Verification>, paint: Paint): string => {
  const disagreeing = [...found].filter(([, one]) => !agrees(one));
  const [only] = found.values();
  const blocks =
    found.size === 1 && only
      ? describe(only)
      : [
          ...describeSums([...found.values()]),
          ...disagreeing.flatMap(([name, one]) => [`Counter ${name}`, ...describe(one)]),
        ];
  return [...blocks, describeOutcome(found, disagreeing, paint)].join('\n');
};

const describeOutcome = (
  { size }: ByCounter<Verification>,
  disagreeing: readonly unknown[],
  paint: Paint,
): string => {
  const several = size === 1 ? '' : ` in ${disagreeing.length} of ${size} counters`;
  return disagreeing.length === 0
    ? paint(
        'green',
        size === 1 ? 'Rows and counter agree.' : `Rows and all ${size} counters agree.`,
      )
    : paint('red', `Rows and counter disagree${several}. See rebuild --help.`);
};

const describeSums = (found: readonly Verification[]): string[] => {
  const sum = (numberOf: (one: Verification) => number): number =>
    found.reduce((total, one) => total + numberOf(one), 0);
  return [
    `All sessions of ${found.length} counters up to now`,
    ...describeAll({
      rows: sum(({ rows }) => rows),
      expected: sum(({ expected }) => expected),
      uncertainty: sum(({ uncertainty }) => uncertainty),
    }),
  ];
};

const describe = (found: Verification): string[] => {
  const { cutoff, missing, surplus, uncertainty } = found.settled;
  return [
    ...['All sessions up to now', ...describeAll(found)],
    `Sessions first seen before ${cutoff}, day by day`,
    `  missing in counter   ${missing}`,
    `  surplus in counter   ${surplus}`,
    `  possible error       ${uncertainty}`,
  ];
};

const describeAll = ({
  rows,
  expected,
  uncertainty,
}: Pick<Verification, 'rows' | 'expected' | 'uncertainty'>): string[] => [
  `  rows in the table    ${rows}`,
  `  total - removed      ${expected}`,
  `  possible error       ${uncertainty}`,
];
