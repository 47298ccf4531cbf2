import type { Counter } from '../../src/domain/counter.ts';
import { createMemoryCounter, type MemoryCounter } from '../../src/domain/memory-counter.ts';
import type { Correction } from '../../src/domain/rebuild.ts';
import { type CounterStep, whyNotSpecified } from '../specification/counter-step.ts';
import { Violation } from './violation.ts';

/**
 * A counter store that holds `counter` at first. A write throws a Violation when it is no step that
 * the specification allows.
 */
export const createSpecifiedCounter = (
  recordsOf: CounterStep['recordsOf'],
  counter?: Counter,
): MemoryCounter => {
  const store = createMemoryCounter(counter);
  const specified = <Answer>(write: () => Answer, correction?: Correction): Answer => {
    const before = store.read();
    // The store in memory has written when its promise is there; later, others may have as well.
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
  };
};

const assertSpecified = (step: CounterStep): void => {
  if (step.before === step.after) return;
  const reason = whyNotSpecified(step);
  if (reason) throw new Violation('A write', 'a step of the specification', `none: ${reason}`);
};
