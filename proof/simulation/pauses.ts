import { setImmediate as settle } from 'node:timers/promises';

/** The points at which code under test waits until the history continues it; several may wait at once. */
export interface Pauses {
  readonly pause: () => Promise<void>;
  /** Continues one of those that wait. */
  readonly resumeOne: (number: number) => void;
  /** Resolves once all code waits here or has ended. */
  readonly areAll: () => Promise<void>;
}

/** Nothing waits yet. */
export const createPauses = (): Pauses => {
  const waiting: (() => void)[] = [];
  return {
    pause: () => new Promise((resume) => waiting.push(resume)),
    resumeOne: (number) => waiting.splice(number % waiting.length, 1)[0]?.(),
    // Nothing else is asynchronous in the model.
    areAll: () => settle(),
  };
};
