import { auditCut, findDrift, rowsBefore } from '../../domain/audit.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { parseOptions } from '../options.ts';
import { openRowReader, type RowReader } from '../rows/row-reader.ts';
import { waitUntilCounted } from '../rows/until-counted.ts';
import { openTarget, TARGET_HELP, TARGET_OPTIONS } from '../target/target.ts';

const HELP = `Reads all session rows and compares them with the counter. Changes nothing.

  npm run counter -- verify (--stack NAME | --local | ...) [--json]

Compared are the sessions of the days before today (UTC; until 06:00 before yesterday's end), with
total - removed as the counter has it for them, so that visits meanwhile change neither side. What
is newer, the dry run of rebuild sees.

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
    const { cut, rows, expected, drift, uncertainty } = found;
    const verdict =
      drift === 0
        ? console.paint('green', 'They agree.')
        : console.paint('red', `They disagree by ${drift}. See rebuild --help.`);
    console.answer(
      `Sessions of first visits before ${cut}\n` +
        `  rows in the table    ${rows}\n` +
        `  total - removed      ${expected}\n` +
        `  possible error       ${uncertainty}\n${verdict}`,
      found,
    );
    return drift === 0 ? EXIT.ok : EXIT.no;
  },
};

const compareRows = async (reader: RowReader) => {
  const cut = auditCut(reader.now());
  await waitUntilCounted(reader, reader.now());
  const before = await reader.readCounter();
  const [rows = 0] = await reader.countRowsBefore([Date.parse(cut)]);
  await waitUntilCounted(reader, reader.now());
  const after = await reader.readCounter();
  const expected = rowsBefore(cut, after);
  return { cut, rows, expected, ...findDrift({ cut, rows, before, after }) };
};
