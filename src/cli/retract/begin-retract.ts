import type { Counter, RunningRetract } from '../../domain/counter.ts';
import type { Interval } from '../../domain/interval.ts';
import type { RetractStore } from '../../domain/retract.ts';
import { commandLine } from '../../runtime/command-line.ts';
import { CommandError } from '../command-error.ts';

export interface BeginDependencies {
  readonly store: RetractStore;
  /** The counter, by a strongly consistent read. */
  readonly readCounter: () => Promise<Counter>;
  /** DynamoDB's clock, epoch milliseconds. */
  readonly now: () => number;
}

const MAX_ATTEMPTS = 5;

/**
 * Begins a retract of this interval, or continues the one that was killed. Throws a CommandError that says what to do
 * if a rebuild or a retract of another interval is running, and what its dependencies throw.
 */
export const beginOrContinue = async (
  dependencies: BeginDependencies,
  interval: Interval,
  attempts = MAX_ATTEMPTS,
): Promise<RunningRetract> => {
  const { store, readCounter, now } = dependencies;
  const { retract, rebuild, lastRetract } = await readCounter();
  if (retract?.from === interval.from && retract.to === interval.to) return retract;
  if (retract) throw isRunning(retract);
  if (rebuild) throw new CommandError(REBUILDING);
  const begun = { ...interval, at: laterThan(lastRetract, now()) };
  // Refused if the counter has changed since, or if the answer to a request that succeeded was lost.
  if (await store.beginRetract(begun, lastRetract)) return begun;
  if (attempts === 1) throw new CommandError(REFUSED);
  return beginOrContinue(dependencies, interval, attempts - 1);
};

// The time identifies a retract, so no two of a counter may have the same.
const laterThan = (last: string | undefined, nowMs: number): string =>
  new Date(last === undefined ? nowMs : Math.max(nowMs, Date.parse(last) + 1)).toISOString();

const isRunning = ({ from, to }: RunningRetract): CommandError =>
  new CommandError(
    `A retract from ${from} to ${to} is running, or was killed. Nothing was changed. To finish it, run ` +
      `${commandLine('retract', `--from ${from} --to ${to} --yes`)}; to give it up, run it with --abort`,
  );

const REFUSED =
  'The retract could not begin: others are beginning on this counter, or an attribute of its item was edited. Nothing ' +
  'was changed. Run the command again';

const REBUILDING =
  'A rebuild of this counter is running, or was killed. Nothing was changed. Wait until it has ended, or run ' +
  `${commandLine('rebuild')}, which ends one that was killed; then run this command again`;
