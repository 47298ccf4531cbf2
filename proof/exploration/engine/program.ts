import { installFakeClock } from './fake-clock.ts';

/**
 * Real code that is suspended at each of its external calls and resumed with the answer. It must be
 * deterministic: the same answers at the same times lead to the same call.
 */
export type Program<Call extends object> = (call: MakeCall<Call>) => Promise<unknown>;

export type MakeCall<Call> = (call: Call) => Promise<unknown>;

/** The result of a call, and the clock at that moment, epoch milliseconds. */
export type Answer = (
  | { readonly value: unknown }
  /** The name of the error that the call rejects with. */
  | { readonly error: string }
) & { readonly nowMs: number };

/** Where a run stops, and whether the program read the clock since the last answer. */
export interface Run<Call> {
  readonly stop: Stop<Call>;
  readonly hasReadClock: boolean;
}

/** Where a program stops: at a call or at its end. */
export type Stop<Call> =
  | { readonly call: Call }
  | { readonly end: { readonly value: unknown } | { readonly error: unknown } };

/** The program made two concurrent calls, which the explorer does not support. */
class ParallelCallsError extends Error {
  override readonly name = 'ParallelCallsError';
}

/**
 * Runs a program from `startMs` through these answers and returns where it stops. The clock moves only
 * with the answers, and due timers fire before an answer is delivered. Throws when the program makes two
 * concurrent calls.
 */
export const runProgram = async <Call extends object>(
  program: Program<Call>,
  startMs: number,
  answers: readonly Answer[],
): Promise<Run<Call>> => {
  const clock = installFakeClock(startMs);
  try {
    const run = startProgram(program);
    let stop = await run.nextStop();
    for (const answer of answers) {
      if ('end' in stop) break;
      clock.set(answer.nowMs);
      run.giveAnswer(answer);
      stop = await run.nextStop();
    }
    return { stop, hasReadClock: clock.wasRead() };
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
