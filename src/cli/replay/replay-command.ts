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

const HELP = `Feeds recorded stream records to the projector that Lambda runs, and prints its counts.

  npm run counter -- replay --from PATH [--from PATH ...] [--until TIME] [--json]
  npm run counter -- replay --from PATH --compare (--stack NAME | --local | ...)

PATH is what record wrote, the event of a Lambda invocation, lines of either, one of these with gzip,
or a folder of them. Files may overlap and come in any order. The counter is one in memory; no table
is touched. All records are held in memory, about 1 GB for a million.

  --until TIME  leave out what was written later, such as 2026-11-24T12:00:00Z
  --compare     print the live counter beside it. They are the same when the records reach from the
                first visit to now; else compare the days that lie within them

${TARGET_HELP}

Exit codes: 0 done, and with --compare both totals are the same; 1 they are not.

Examples:
  npm run counter -- replay --from november.jsonl.gz --until 2026-11-15T00:00:00Z
  npm run counter -- replay --from recordings/ --compare --local`;

/** `replay`: the counts that recorded records come to. */
export const replayCommand: Command = {
  summary: 'count recorded records anew, and compare',
  help: HELP,
  run: async (args, context) => {
    const { from = [], until, compare, ...target } = parseOptions(args, OPTIONS);
    const untilMs = parseTime(until);
    if (!compare && Object.keys(target).length > 0)
      throw new UsageError('A target goes with --compare');
    const opened = compare ? await openTarget(target, context.env) : undefined;
    if (from.length === 0) throw new UsageError('--from PATH says what to replay');
    const wanted = (await readRecords(from)).filter(({ record }) => writtenMs(record) <= untilMs);
    const replay = await replayRecords(wanted);
    const live = opened && (await readCounter(opened.client, opened.countsTable, 'strong'));
    return tell({ ...replay, live }, context);
  },
};

const parseTime = (text: string | undefined): number => {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  const isTime = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text);
  const epochMs = isTime ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(epochMs)) return epochMs;
  throw new UsageError(`--until must be a time such as 2026-11-24T12:00:00Z, but it is "${text}"`);
};

const tell = (replay: ComparedReplay, { console }: CommandContext): ExitCode => {
  const { counter, live, records, duplicates, odd, late } = replay;
  const json = {
    ...{ total: counter.total, removed: counter.removed, records, duplicates, odd, late },
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
