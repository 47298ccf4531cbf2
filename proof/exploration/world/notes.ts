import { inspect } from 'node:util';

/**
 * What a command has learnt and may still make use of. Two runs of one stage that come to the same
 * call with the same notes are one state, so a note that leaves out something that matters would hide
 * histories; `checkMerges` tries whether one does.
 */
export interface Notes {
  readonly add: (note: string) => void;
  /** Takes down, in place of every answer to `action`, only what `pick` takes from its result. */
  readonly keeping: <Result>(
    action: () => Promise<Result>,
    pick: (result: Result) => unknown,
  ) => Promise<Result>;
  /** What it returns forgets all notes that were taken since. */
  readonly bookmark: () => () => void;
  readonly clear: () => void;
  readonly text: () => string;
}

/** Notes of nothing. */
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
