import type { Counter } from '../../domain/counter.ts';
import type { UndoStore } from '../../domain/undo.ts';
import { readCounter } from '../../tables/read-counter.ts';
import { type ScannedSession, scanSessions } from '../../tables/scan-sessions.ts';
import { createUndoStore } from '../../tables/undo-counter.ts';
import type { CommandContext } from '../command.ts';
import { createPacer } from '../import/pacer.ts';
import { openRowReader, type RowReader } from '../row-reader.ts';
import { openTarget, type Target } from '../target/target.ts';

/** What the options of a retract or a restore say about its target. */
export interface UndoRequest {
  readonly counter: string;
  /** Write units per second. */
  readonly units: number;
  readonly target: Parameters<typeof openTarget>[0];
}

/** What the steps of a retract or a restore work with. */
export interface UndoWork
  extends Pick<RowReader, 'isCounted' | 'now' | 'sleep'>,
    Pick<UndoRequest, 'counter' | 'units'> {
  readonly target: Target;
  readonly store: UndoStore;
  /** A strongly consistent read. */
  readonly readCounter: () => Promise<Counter>;
  /** All rows of the counter; ends when the signal aborts. */
  readonly scan: () => AsyncIterable<readonly ScannedSession[]>;
  /** Waits before the next write of this many units, so that no more are written a second than the options allow. */
  readonly pace: (units: number) => Promise<unknown>;
}

/** Opens the counter that the options select. Throws a CommandError if there is none, and what the SDK throws. */
export const openUndoWork = async (
  { counter, units, target: options }: UndoRequest,
  context: CommandContext,
): Promise<UndoWork> => {
  const target = await openTarget(options, context.env);
  const { client, sessionsTable, countsTable } = target;
  const reader = await openRowReader(target, context, counter);
  await reader.readCounters();
  const pacer = createPacer(units, context.clock.now());
  return {
    ...{
      counter,
      units,
      target,
      isCounted: reader.isCounted,
      now: reader.now,
      sleep: reader.sleep,
    },
    store: createUndoStore(client, countsTable, counter),
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
