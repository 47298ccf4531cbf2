import { type ByCounter, namesIn } from '../../domain/by-counter.ts';
import { type Counter, EMPTY_COUNTER } from '../../domain/counter.ts';
import { commandLine } from '../../runtime/command-line.ts';
import { counterOfChange } from '../../tables/row-counter.ts';
import type { Command, CommandContext } from '../command.ts';
import { UsageError } from '../command-error.ts';
import { COUNTER_OPTION, parseCounterOption } from '../counter-option.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { jsonByCounter } from '../json-by-counter.ts';
import { parseOptions } from '../options.ts';
import { readSelectedCounters } from '../read-selected-counters.ts';
import { openTarget, TARGET_HELP, TARGET_OPTIONS } from '../target/target.ts';
import { writtenMs } from './batches-by-time.ts';
import { findDiffering, formatReplay } from './format-replay.ts';
import { readRecords, type ShardRecord } from './read-records.ts';
import { type ComparedReplay, replayRecords } from './replay.ts';

const OPTIONS = {
  ...TARGET_OPTIONS,
  ...COUNTER_OPTION,
  from: { type: 'string', multiple: true },
  until: { type: 'string' },
  compare: { type: 'boolean' },
} as const;

const HELP = `Replay recorded stream records through the projector and print the counts.

Usage: ${commandLine('replay', '--from PATH [--from PATH ...] [--until TIME] [--counter NAME] [--json]')}
       ${commandLine('replay', '--from PATH --compare (--stack NAME | --local | ...)')}

The projector is the one that runs on Lambda, with counters in memory. No table is changed. All
records are held in memory, about 1 GB for a million.

  --from PATH   a file written by record, the event of a Lambda invocation, a file with one of these
                per line, any of these with gzip, or a folder of such files; they may overlap and come
                in any order
  --until TIME  ignore records written after this time, such as 2026-11-24T12:00:00Z
  --counter NAME  only this counter, such as site or blog/first-post (default: all in the records, and with
                --compare all that are live)
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
    const { from = [], until, compare, counter, ...target } = parseOptions(args, OPTIONS);
    const name = parseCounterOption(counter);
    const untilMs = parseTime(until);
    if (!compare && Object.keys(target).length > 0) {
      throw new UsageError('A target requires --compare');
    }
    const opened = compare ? await openTarget(target, context.env) : undefined;
    if (from.length === 0) throw new UsageError('--from PATH is required');
    const records = (await readRecords(from)).filter(({ record }) => writtenMs(record) <= untilMs);
    const replay = await replayRecords(name === undefined ? records : selectRecords(records, name));
    const counters = name === undefined ? replay.counters : selectCounter(replay.counters, name);
    const live = opened && (await readSelectedCounters(opened, name));
    return printReplay({ ...replay, counters, live }, context);
  },
};

const selectRecords = (records: readonly ShardRecord[], name: string): ShardRecord[] =>
  records.filter(({ record }) => counterOfChange(record?.dynamodb) === name);

const selectCounter = (counters: ByCounter<Counter>, name: string): ByCounter<Counter> =>
  new Map([[name, counters.get(name) ?? EMPTY_COUNTER]]);

const parseTime = (text: string | undefined): number => {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  const isTime = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text);
  const epochMs = isTime ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(epochMs)) return epochMs;
  throw new UsageError(`--until must be a time such as 2026-11-24T12:00:00Z, but it is "${text}"`);
};

const printReplay = (replay: ComparedReplay, { console }: CommandContext): ExitCode => {
  const { counters, live, records, duplicates, malformed, late } = replay;
  const names = namesIn(counters, live ?? new Map());
  const numbers = jsonByCounter(
    new Map(
      names.map((name) => [
        name,
        { ...numbersOf(counters.get(name)), live: live && numbersOf(live.get(name)) },
      ]),
    ),
  );
  console.print(formatReplay(replay, console.paint), {
    ...{ records, duplicates, malformed, late },
    ...numbers,
  });
  return findDiffering(replay).length === 0 ? EXIT.ok : EXIT.problemsFound;
};

const numbersOf = ({ total, removed, startedByDay }: Counter = EMPTY_COUNTER) => ({
  ...{ total, removed, days: Object.fromEntries(startedByDay) },
});
