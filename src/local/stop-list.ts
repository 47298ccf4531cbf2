/** The actions that stop the parts of a program. */
export interface StopList {
  /** Adds an action to run before those that were added earlier. */
  readonly onStop: (action: () => unknown) => void;
  /**
   * Runs every action, the last added first, each after the one before has finished, even if that failed.
   * Then rejects with the first failure. Safe to repeat: nothing runs twice.
   */
  readonly stop: () => Promise<void>;
}

/** An empty list. Not an AsyncDisposableStack, which only Node.js 24 and later have. */
export const createStopList = (): StopList => {
  const actions: (() => unknown)[] = [];
  let stopping: Promise<void> | undefined;
  return {
    onStop: (action) => void actions.unshift(action),
    stop: () => {
      stopping ??= runAll(actions);
      return stopping;
    },
  };
};

const runAll = async (actions: readonly (() => unknown)[]): Promise<void> => {
  const failures: unknown[] = [];
  for (const action of actions) {
    try {
      await action();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
};
