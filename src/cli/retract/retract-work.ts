import type { Counter } from '../../domain/counter.ts';
import type { RetractStore } from '../../domain/retract.ts';
import { readCounter } from '../../tables/read-counter.ts';
import { createRetractStore } from '../../tables/retract-counter.ts';
import { type ScannedSession, scanSessions } from '../../tables/scan-sessions.ts';
import type { CommandContext } from '../command.ts';
import { createPacer } from '../import/pacer.ts';
import { openRowReader, type RowReader } from '../row-reader.ts';
import { openTarget, type Target } from '../target/target.ts';
import type { RetractRequest } from './retract-options.ts';

/** What the steps of a retract work with. */
export interface RetractWork extends Pick<RowReader, 'isCounted' | 'now' | 'sleep'> {
  readonly counter: string;
  readonly target: Target;
  readonly store: RetractStore;
  /** A strongly consistent read. */
  readonly readCounter: () => Promise<Counter>;
  /** All rows of the counter; ends when the signal aborts. */
  readonly scan: () => AsyncIterable<readonly ScannedSession[]>;
  /** Waits before the next write of this many units, so that no more are written a second than the options allow. */
  readonly pace: (units: number) => Promise<unknown>;
}

/** Opens the counter that the options select. Throws a CommandError if there is none, and what the SDK throws. */
export const openRetractWork = async (
  { counter, units, target: options }: RetractRequest,
  context: CommandContext,
): Promise<RetractWork> => {
  const target = await openTarget(options, context.env);
  const { client, sessionsTable, countsTable } = target;
  const reader = await openRowReader(target, context, counter);
  await reader.readCounters();
  const pacer = createPacer(units, context.clock.now());
  return {
    ...{ counter, target, isCounted: reader.isCounted, now: reader.now, sleep: reader.sleep },
    store: createRetractStore(client, countsTable, counter),
    readCounter: () => readCounter(client, countsTable, 'strong', counter),
    scan: async function* () {
      for await (const page of scanSessions(client, sessionsTable, counter)) {
        context.signal.throwIfAborted();
        yield page;
      }
    },
    pace: (some) => context.clock.sleep(pacer.charge(some, context.clock.now()), context.signal),
  };
};
