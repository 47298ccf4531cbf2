import type { Command, CommandContext } from '../command.ts';
import { countOf } from '../console/count-of.ts';
import { estimateRows } from '../estimate-rows.ts';
import { EXIT } from '../exit-code.ts';
import { openTarget } from '../target/target.ts';
import { EXPORT_HELP, parseExportOptions } from './export-options.ts';
import { type ExportOutput, openExportFile, standardOutput } from './export-output.ts';
import { exportRows, ROW_COLUMNS } from './export-rows.ts';
import { exportTotals, TOTAL_COLUMNS } from './export-totals.ts';
import { createRecordFormat, type ExportRecord, type RecordFormat } from './format-record.ts';

/** `export`: writes totals, months and days, or session rows, as CSV or JSON lines. */
export const exportCommand: Command = {
  summary: 'export totals, months and days, or the session rows, as CSV or JSON lines',
  help: EXPORT_HELP,
  run: async (args, context) => {
    const { name, formatName, rows, to, overwrite, target: where } = parseExportOptions(args);
    const target = await openTarget(where, context.env);
    const pages = rows ? exportRows(target, name) : exportTotals(target, name);
    const format = createRecordFormat(formatName, rows ? ROW_COLUMNS : TOTAL_COLUMNS);
    const total = rows ? await estimateRows(target) : undefined;
    const output =
      to === undefined ? standardOutput(context.console) : openExportFile(to, overwrite);
    const work = { output, format, total, isShown: to !== undefined };
    const records = await writeExport(pages, work, context);
    if (to === undefined) return EXIT.ok;
    const text = `Wrote ${countOf(records, 'record')} to ${to}.`;
    context.console.print(text, { file: to, records });
    return EXIT.ok;
  },
};

interface ExportWork {
  readonly output: ExportOutput;
  readonly format: RecordFormat;
  /** How many records there are, roughly, if that is known. */
  readonly total: number | undefined;
  /** Whether to show the progress; on a terminal it would mix with an export to standard output. */
  readonly isShown: boolean;
}

const writeExport = async (
  pages: AsyncIterable<readonly ExportRecord[]>,
  { output, format, total, isShown }: ExportWork,
  { console, signal }: Pick<CommandContext, 'console' | 'signal'>,
): Promise<number> => {
  const bar = { label: 'Exporting', unit: 'record', total, isHidden: !isShown };
  const progress = console.progress(bar);
  let records = 0;
  try {
    await output.write(format.header);
    for await (const page of pages) {
      signal.throwIfAborted();
      await output.write(page.map(format.format).join(''));
      records += page.length;
      progress.advance(page.length);
    }
    output.finish();
    return records;
  } catch (error) {
    output.discard();
    throw error;
  } finally {
    progress.stop();
  }
};
