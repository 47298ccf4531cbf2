import { inspect } from 'node:util';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Reply, Request } from '../dynamodb/answer-request.ts';
import { createFakeClient } from '../dynamodb/fake-client.ts';
import type { MakeCall, Program } from '../engine/program.ts';

/** What a command waits for. Within a stage each sequence of answers is a state of its own. */
export type OperatorCall =
  /** To be started. */
  | { readonly kind: 'begin' }
  /** A request for the counter item. One that may change what the counter is off by says so. */
  | { readonly kind: 'request'; readonly request: Request; readonly isCorrection: boolean }
  /** A page of the session rows. */
  | { readonly kind: 'scan'; readonly request: Request }
  /** A pause that is over at `untilMs`, epoch milliseconds. */
  | { readonly kind: 'sleep'; readonly untilMs: number; readonly key?: () => string }
  /** All that was written until `untilMs` is counted. */
  | { readonly kind: 'counted'; readonly untilMs: number }
  /**
   * Between two stages nothing is kept but `value`, which is plain data: whatever led to it, the
   * next stage goes on alike. It is answered with the value, at once.
   */
  | { readonly kind: 'stage'; readonly key: () => string; readonly value: unknown };

/** What a command is given in place of DynamoDB and time; `now` is `Date.now`. */
export interface OperatorKit {
  readonly client: DynamoDBDocumentClient;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** A pause at which the command remembers nothing that matters but its end. */
  readonly sleepForgetful: (ms: number) => Promise<unknown>;
  /** Resolves to true, and only when it is so. */
  readonly isCounted: (untilMs: number) => Promise<boolean>;
  /** Marks the requests of `action` as ones that may correct the counter. */
  readonly correcting: <Result>(action: () => Promise<Result>) => Promise<Result>;
}

/** A part of a command that takes what the one before it came to. */
export type Stage = (kit: OperatorKit, input: never) => Promise<unknown>;

/** The program that runs these stages, one after the other, once it is begun. */
export const createOperator =
  (stages: readonly Stage[]): Program<OperatorCall> =>
  async (call) => {
    await call({ kind: 'begin' });
    const kit = createKit(call);
    let value: unknown;
    for (const [place, stage] of stages.entries()) {
      const before = value;
      const key = () => `stage ${place}: ${inspect(before, INSPECTION)}`;
      value = await stage(kit, (await call({ kind: 'stage', key, value: before })) as never);
    }
    return value;
  };

// Everything that is in the value, maps included.
const INSPECTION = { depth: null, sorted: true, maxArrayLength: null, maxStringLength: null };

const createKit = (call: MakeCall<OperatorCall>): OperatorKit => {
  let isCorrection = false;
  const send = async (request: Request): Promise<Reply> =>
    (await (request.operation === 'Scan'
      ? call({ kind: 'scan', request })
      : call({ kind: 'request', request, isCorrection }))) as Reply;
  return {
    client: createFakeClient(send),
    sleep: (ms) => call({ kind: 'sleep', untilMs: Date.now() + ms }),
    sleepForgetful: (ms) => {
      const untilMs = Date.now() + ms;
      return call({ kind: 'sleep', untilMs, key: () => `pause until ${untilMs}` });
    },
    isCounted: async (untilMs) => (await call({ kind: 'counted', untilMs })) as boolean,
    correcting: async (action) => {
      isCorrection = true;
      const result = await action();
      isCorrection = false;
      return result;
    },
  };
};
