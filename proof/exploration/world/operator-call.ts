import { inspect } from 'node:util';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Reply, Request } from '../dynamodb/answer-request.ts';
import { canonicalText } from '../dynamodb/attribute-value.ts';
import { createFakeClient } from '../dynamodb/fake-client.ts';
import type { MakeCall, Program } from '../engine/program.ts';
import { type CommandMemory, createCommandMemory } from './command-memory.ts';

/**
 * What a command waits for. The key is its stage, the stage's input, what the command remembers since,
 * and the call itself.
 */
export type OperatorCall = OperatorWait & { readonly key: () => string };

type OperatorWait =
  /** To be started. */
  | { readonly kind: 'begin' }
  /** A request for the counter item; `isCorrection` when it may change the counter's error. */
  | { readonly kind: 'request'; readonly request: Request; readonly isCorrection: boolean }
  /** A page of the session rows. */
  | { readonly kind: 'scan'; readonly request: Request }
  /** A pause until `untilMs`, epoch milliseconds. */
  | { readonly kind: 'sleep'; readonly untilMs: number }
  /** Until everything written before `untilMs` is counted. */
  | { readonly kind: 'counted'; readonly untilMs: number }
  /** Between two stages only `value`, plain data, is kept. It is answered with that value at once. */
  | { readonly kind: 'stage'; readonly value: unknown };

/** What a command gets in place of DynamoDB and time; `now` is `Date.now`. */
export interface OperatorKit {
  readonly client: DynamoDBDocumentClient;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** Resolves to true once it is the case. */
  readonly isCounted: (untilMs: number) => Promise<boolean>;
  /** Marks the requests of `action` as possible corrections of the counter. */
  readonly correcting: <Result>(action: () => Promise<Result>) => Promise<Result>;
  readonly memory: CommandMemory;
}

/** A part of a command; its input is the result of the part before. */
export type Stage = (kit: OperatorKit, input: never) => Promise<unknown>;

/** The program that runs these stages in order once it is started. */
export const createOperator =
  (stages: readonly Stage[]): Program<OperatorCall> =>
  async (call) => {
    const memory = createCommandMemory();
    let stageText = 'begin';
    const wait = (made: OperatorWait): Promise<unknown> =>
      call({ ...made, key: () => [stageText, memory.text(), textOf(made)].join(' | ') });
    await wait({ kind: 'begin' });
    const kit = createKit(wait, memory);
    let value: unknown;
    for (const [place, stage] of stages.entries()) {
      stageText = `stage ${place}: ${inspect(value, INSPECTION)}`;
      memory.clear();
      value = await stage(kit, (await wait({ kind: 'stage', value })) as never);
    }
    return value;
  };

// Everything in the value, including maps.
const INSPECTION = { depth: null, sorted: true, maxArrayLength: null, maxStringLength: null };

const textOf = (wait: OperatorWait): string =>
  'request' in wait ? canonicalText(wait.request) : inspect(wait, INSPECTION);

const createKit = (wait: MakeCall<OperatorWait>, memory: CommandMemory): OperatorKit => {
  let isCorrection = false;
  const send = async (request: Request): Promise<Reply> => {
    const isScan = request.operation === 'Scan';
    const reply = (await wait(
      isScan ? { kind: 'scan', request } : { kind: 'request', request, isCorrection },
    )) as Reply;
    memory.add(canonicalText(reply));
    return reply;
  };
  return {
    client: createFakeClient(send),
    sleep: async (ms) => {
      await wait({ kind: 'sleep', untilMs: Date.now() + ms });
      memory.add('slept');
    },
    isCounted: async (untilMs) => {
      const isCounted = (await wait({ kind: 'counted', untilMs })) as boolean;
      memory.add('counted');
      return isCounted;
    },
    correcting: async (action) => {
      isCorrection = true;
      const result = await action();
      isCorrection = false;
      return result;
    },
    memory,
  };
};
