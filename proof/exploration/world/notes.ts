import { inspect } from 'node:util';

/**
 * What a command has learned and may still use. Two runs of a stage that reach the same call with the
 * same memory are one state, so an entry that omits something relevant would hide histories.
 * `checkMerges` verifies that none does.
 */
export interface Notes {
  readonly add: (note: string) => void;
  /** Remembers only `pick` of the action's result, in place of every reply the action received. */
  readonly keeping: <Result>(
    action: () => Promise<Result>,
    pick: (result: Result) => unknown,
  ) => Promise<Result>;
  /** Returns a function that forgets everything remembered since. */
  readonly bookmark: () => () => void;
  readonly clear: () => void;
  readonly text: () => string;
}

/** An empty memory. */
export const createNotes = (): Notes => {
  const notes: string[] = [];
  return {
    add: (note) => void notes.push(note),
    keeping: async (action, pick) => {
      const { length } = notes;
      const result = await action();
      notes.splice(length, notes.length, inspect(pick(result), WHOLE));
      return result;
    },
    bookmark: () => {
      const { length } = notes;
      return () => void notes.splice(length);
    },
    clear: () => void notes.splice(0),
    text: () => notes.join(' '),
  };
};

const WHOLE = { depth: null, sorted: true, maxArrayLength: null, maxStringLength: null };
