import {
  type Audit,
  auditCut,
  findDrift,
  findDriftNow,
  rowsBefore,
  rowsIn,
} from '../../domain/audit.ts';
import type { Command, CommandContext } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { parseOptions } from '../options.ts';
import { openRowReader, type RowReader } from '../rows/row-reader.ts';
import { waitUntilCounted } from '../rows/until-counted.ts';
import { openTarget, TARGET_HELP, TARGET_OPTIONS } from '../target/target.ts';

const HELP = `Reads all session rows and compares them with the counter. Changes nothing.

  npm run counter -- verify (--stack NAME | --local | ...) [--json]

All rows are compared with total - removed, up to this moment. What is counted while the rows are
read, visits, deletions and imported rows alike, may be on one side only: that many is the possible
error, and 0 while nothing comes. They agree when they differ by no more than that.

The sessions of the days before today (UTC; until 06:00 before yesterday's end) are compared once more
by themselves: new visits change neither side there, so on a busy site that part is the sharper one.

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
    const found = await compareRows(await openRowReader(target, { console, signal }));
    const { cut, ...settled } = found.settled;
    const drift = found.drift || settled.drift;
    const text = [
      ...['All sessions until now', ...describe(found)],
      ...[`Sessions of first visits before ${cut}`, ...describe(settled)],
      describeVerdict(drift, console),
    ];
    console.answer(text.join('\n'), found);
    return drift === 0 ? EXIT.ok : EXIT.no;
  },
};

interface Comparison extends Audit {
  readonly rows: number;
  /** How many rows there are by the counter. */
  readonly expected: number;
}

interface Found extends Comparison {
  /** The same of the sessions before a day. */
  readonly settled: Comparison & { readonly cut: string };
}

const compareRows = async (reader: RowReader): Promise<Found> => {
  const cut = auditCut(reader.now());
  await waitUntilCounted(reader, reader.now());
  const before = await reader.readCounter();
  const instants = [Number.POSITIVE_INFINITY, Date.parse(cut)];
  const [rows = 0, old = 0] = await reader.countRowsBefore(instants);
  await waitUntilCounted(reader, reader.now());
  const after = await reader.readCounter();
  const settled = findDrift({ cut, rows: old, before, after });
  return {
    ...{ rows, expected: rowsIn(after), ...findDriftNow({ rows, before, after }) },
    settled: { cut, rows: old, expected: rowsBefore(cut, after), ...settled },
  };
};

const describe = ({ rows, expected, uncertainty }: Comparison): string[] => [
  `  rows in the table    ${rows}`,
  `  total - removed      ${expected}`,
  `  possible error       ${uncertainty}`,
];

const describeVerdict = (drift: number, { paint }: CommandContext['console']): string =>
  drift === 0
    ? paint('green', 'They agree.')
    : paint('red', `They disagree by ${drift}. See rebuild --help.`);
