import { type ShownCounter, shownTotal } from '../../domain/baseline.ts';
import { admissionOf, SITE } from '../../domain/counter-name.ts';
import { readCounters } from '../../settings/counter-lists.ts';
import { readShownCounter } from '../../tables/read-counter.ts';
import { setBaseline } from '../../tables/set-baseline.ts';
import type { Command } from '../command.ts';
import { describeBaseline } from '../describe-baseline.ts';
import { EXIT } from '../exit-code.ts';
import { readSelectedCounters } from '../read-selected-counters.ts';
import { openTarget, type Target } from '../target/target.ts';
import { BASELINE_HELP, parseBaselineOptions } from './baseline-options.ts';

/** `baseline`: shows, sets or removes what an older counter had counted. */
export const baselineCommand: Command = {
  summary: 'show or set what an older counter had counted that left only a number',
  help: BASELINE_HELP,
  run: async (args, { env, clock, console }) => {
    const options = parseBaselineOptions(args, clock.now());
    const { name, change, yes } = options;
    const target = await openTarget(options.target, env);
    await assertExists(target, name);
    const isChanged = yes && change !== undefined;
    const now = isChanged
      ? await setBaseline(target.client, target.countsTable, name, change.to)
      : await readShownCounter(target.client, target.countsTable, 'strong', name);
    const next = change && !isChanged ? { ...now, baseline: change.to } : undefined;
    const parts = [`Counter ${name}`, ...describe(now), ...(next ? describeNext(next) : [])];
    const json = { counter: name, ...numbersOf(now), next: next && numbersOf(next) };
    console.print(parts.join('\n'), { ...json, isChanged });
    return EXIT.ok;
  },
};

// An admitted counter may have a baseline before its first visit; any other name is a mistake.
const assertExists = async (target: Target, name: string): Promise<void> => {
  if (name === SITE || admissionOf(name, readCounters(target.settings)) !== undefined) return;
  await readSelectedCounters(target, name);
};

const describe = (counter: ShownCounter): string[] => [
  `  Distinct sessions  ${shownTotal(counter)}`,
  `    counted          ${counter.total}`,
  `    baseline         ${describeBaseline(counter.baseline)}`,
];

const describeNext = (next: ShownCounter): string[] => [
  'It would be',
  ...describe(next),
  'Nothing was changed. To change the baseline, run the command again with --yes.',
];

const numbersOf = (counter: ShownCounter) => ({
  ...{ distinctSessions: shownTotal(counter), total: counter.total },
  baseline: counter.baseline,
});
