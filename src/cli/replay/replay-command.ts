import { commandLine } from '../../runtime/command-line.ts';
import { readCounter } from '../../tables/read-counter.ts';
import type { Command, CommandContext } from '../command.ts';
import { UsageError } from '../command-error.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { parseOptions } from '../options.ts';
import { openTarget, TARGET_HELP, TARGET_OPTIONS } from '../target/target.ts';
import { writtenMs } from './batches-by-time.ts';
import { formatReplay } from './format-replay.ts';
import { readRecords } from './read-records.ts';
import { type ComparedReplay, replayRecords } from './replay.ts';

const OPTIONS = {
  ...TARGET_OPTIONS,
  from: { type: 'string', multiple: true },
  until: { type: 'string' },
  compare: { type: 'boolean' },
} as const;

const HELP = `Replay recorded stream records through the projector and print the counts.

Usage: ${commandLine('replay', '--from PATH [--from PATH ...] [--until TIME] [--json]')}
       ${commandLine('replay', '--from PATH --compare (--stack NAME | --local | ...)')}

The projector is the one that runs on Lambda, with a counter in memory. No table is changed. All
records are held in memory, about 1 GB for a million.

  --from PATH   a file written by record, the event of a Lambda invocation, a file with one of these
                per line, any of these with gzip, or a folder of such files; they may overlap and come
                in any order
  --until TIME  ignore records written after this time, such as 2026-11-24T12:00:00Z
  --compare     print the live counter next to the result. The two are equal if the records reach
                from the first visit to now; otherwise, compare the days that the records cover

${TARGET_HELP}

Exits ${EXIT.ok} on success, ${EXIT.problemsFound} if --compare finds that the totals differ.

Examples:
  ${commandLine('replay', '--from november.jsonl.gz --until 2026-11-15T00:00:00Z')}
  ${commandLine('replay', '--from recordings/ --compare --local')}`;

/** `replay`: replays recorded stream records and prints the counts. */
export const replayCommand: Command = {
  summary: 'replay recorded stream records and compare the counts',
  help: HELP,
  run: async (args, context) => {
    const { from = [], until, compare, ...target } = parseOptions(args, OPTIONS);
    const untilMs = parseTime(until);
    if (!compare && Object.keys(target).length > 0) {
      throw new UsageError('A target requires --compare');
    }
    const opened = compare ? await openTarget(target, context.env) : undefined;
    if (from.length === 0) throw new UsageError('--from PATH is required');
    const records = (await readRecords(from)).filter(({ record }) => writtenMs(record) <= untilMs);
    const replay = await replayRecords(records);
    const live = opened && (await readCounter(opened.client, opened.countsTable, 'strong'));
    return printReplay({ ...replay, live }, context);
  },
};

const parseTime = (text: string | undefined): number => {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  const isTime = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text);
  const epochMs = isTime ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(epochMs)) return epochMs;
  throw new UsageError(`--until must be a time such as 2026-11-24T12:00:00Z, but it is "${text}"`);
};

const printReplay = (replay: ComparedReplay, { console }: CommandContext): ExitCode => {
  const { counter, live, records, duplicates, malformed, late } = replay;
  const json = {
    ...{ total: counter.total, removed: counter.removed, records, duplicates, malformed, late },
    days: Object.fromEntries(counter.startedByDay),
    live: live && {
      total: live.total,
      removed: live.removed,
      days: Object.fromEntries(live.startedByDay),
    },
  };
  console.print(formatReplay(replay, console.paint), json);
  return live === undefined || live.total === counter.total ? EXIT.ok : EXIT.problemsFound;
};
