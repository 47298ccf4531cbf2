import { standInForClock } from './stand-in-clock.ts';

/**
 * Real code that stops at each of its calls to the world outside and goes on with the answer. It
 * must be deterministic: the same answers, at the same times, bring it to the same call.
 */
export type Program<Call extends object> = (call: MakeCall<Call>) => Promise<unknown>;

export type MakeCall<Call> = (call: Call) => Promise<unknown>;

/** What a call came to, and what the clock showed then, epoch milliseconds. */
export type Answer = (
  | { readonly value: unknown }
  /** The name of the error that the call is rejected with. */
  | { readonly error: string }
) & { readonly nowMs: number };

/** Where a run ends, and whether the program looked at the clock since the last answer. */
export interface Run<Call> {
  readonly stop: Stop<Call>;
  readonly sawClock: boolean;
}

/** Where a program stands: at a call, or at its end. */
export type Stop<Call> =
  | { readonly call: Call }
  | { readonly end: { readonly value: unknown } | { readonly error: unknown } };

/** The program made two calls side by side, which the explorer does not tell apart. */
class ParallelCallsError extends Error {
  override readonly name = 'ParallelCallsError';
}

/**
 * Runs a program from its start at `startMs` through these answers, and tells where it then stands.
 * The clock stands still but for the answers; a timer that is due rings before the answer comes.
 * Throws when the program makes two calls at once.
 */
export const runProgram = async <Call extends object>(
  program: Program<Call>,
  startMs: number,
  answers: readonly Answer[],
): Promise<Run<Call>> => {
  const clock = standInForClock(startMs);
  try {
    const run = startProgram(program);
    let stop = await run.nextStop();
    for (const answer of answers) {
      if ('end' in stop) break;
      clock.set(answer.nowMs);
      run.giveAnswer(answer);
      stop = await run.nextStop();
    }
    return { stop, sawClock: clock.wasSeen() };
  } finally {
    clock.restore();
  }
};

const startProgram = <Call extends object>(program: Program<Call>) => {
  let arrive: (stop: Stop<Call>) => void = () => undefined;
  let stopped = new Promise<Stop<Call>>((resolve) => {
    arrive = resolve;
  });
  let waiting: PromiseWithResolvers<unknown> | undefined;
  const call: MakeCall<Call> = (made) => {
    if (waiting) return Promise.reject(new ParallelCallsError(JSON.stringify(made)));
    waiting = Promise.withResolvers();
    arrive({ call: made });
    return waiting.promise;
  };
  program(call).then(
    (value) => arrive({ end: { value } }),
    (error: unknown) => arrive({ end: { error } }),
  );
  const giveAnswer = (answer: Answer): void => {
    const answered = waiting;
    waiting = undefined;
    stopped = new Promise((resolve) => {
      arrive = resolve;
    });
    if ('error' in answer) answered?.reject(namedError(answer.error));
    else answered?.resolve(answer.value);
  };
  return { nextStop: () => stopped, giveAnswer };
};

const namedError = (name: string): Error => Object.assign(new Error(name), { name });
