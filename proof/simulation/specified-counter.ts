import type { Counter } from '../../src/domain/counter.ts';
import { createMemoryCounter, type MemoryCounter } from '../../src/domain/memory-counter.ts';
import type { Correction } from '../../src/domain/rebuild.ts';
import { type CounterStep, whyNotSpecified } from '../specification/counter-step.ts';
import { Violation } from './violation.ts';

/**
 * A counter store that holds `counter` at first. A write throws a Violation when the specification does
 * not allow it.
 */
export const createSpecifiedCounter = (
  recordsOf: CounterStep['recordsOf'],
  counter?: Counter,
): MemoryCounter => {
  const store = createMemoryCounter(counter);
  const specified = <Answer>(write: () => Answer, correction?: Correction): Answer => {
    const before = store.read();
    // The memory store has written once it returns its promise; after an await, others may have too.
    const answer = write();
    assertSpecified({ before, after: store.read(), recordsOf, correction });
    return answer;
  };
  return {
    read: () => store.read(),
    commitChange: async (change) => specified(() => store.commitChange(change)),
    beginRebuild: async (cutoff, lastCutoff) =>
      specified(() => store.beginRebuild(cutoff, lastCutoff)),
    abortRebuild: async (cutoff) => specified(() => store.abortRebuild(cutoff)),
    applyCorrection: async (correction, at) =>
      specified(() => store.applyCorrection(correction, at), correction),
    beginUndo: async (undo, lastUndo) => specified(() => store.beginUndo(undo, lastUndo)),
    endUndo: async (at) => specified(() => store.endUndo(at)),
  };
};

const assertSpecified = (step: CounterStep): void => {
  if (step.before === step.after) return;
  const reason = whyNotSpecified(step);
  if (reason) throw new Violation('A write', 'a specified step', `another one (${reason})`);
};
