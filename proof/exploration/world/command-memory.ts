import { inspect } from 'node:util';

/**
 * What a command has learned and may still use. Two runs of a stage that reach the same call with the
 * same memory are one state, so an entry that omits something relevant would hide histories.
 * `checkMerges` verifies that none does.
 */
export interface CommandMemory {
  readonly add: (note: string) => void;
  /** Remembers only `pick` of the action's result, in place of every reply the action received. */
  readonly rememberOnly: <Result>(
    action: () => Promise<Result>,
    pick: (result: Result) => unknown,
  ) => Promise<Result>;
  /** Returns a function that forgets everything remembered since. */
  readonly savepoint: () => () => void;
  readonly clear: () => void;
  readonly text: () => string;
}

/** An empty memory. */
export const createCommandMemory = (): CommandMemory => {
  const memory: string[] = [];
  return {
    add: (note) => void memory.push(note),
    rememberOnly: async (action, pick) => {
      const { length } = memory;
      const result = await action();
      memory.splice(length, memory.length, inspect(pick(result), WHOLE));
      return result;
    },
    savepoint: () => {
      const { length } = memory;
      return () => void memory.splice(length);
    },
    clear: () => void memory.splice(0),
    text: () => memory.join(' '),
  };
};

const WHOLE = { depth: null, sorted: true, maxArrayLength: null, maxStringLength: null };
