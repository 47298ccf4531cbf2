import { inspect } from 'node:util';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Reply, Request } from '../dynamodb/answer-request.ts';
import { canonicalText } from '../dynamodb/attribute-value.ts';
import { createFakeClient } from '../dynamodb/fake-client.ts';
import type { MakeCall, Program } from '../engine/program.ts';
import { createNotes, type Notes } from './notes.ts';

/**
 * What a command waits for. The key is its stage, what that was given, what its notes hold of the
 * answers since, and the call itself.
 */
export type OperatorCall = OperatorWait & { readonly key: () => string };

type OperatorWait =
  /** To be started. */
  | { readonly kind: 'begin' }
  /** A request for the counter item. One that may change what the counter is off by says so. */
  | { readonly kind: 'request'; readonly request: Request; readonly isCorrection: boolean }
  /** A page of the session rows. */
  | { readonly kind: 'scan'; readonly request: Request }
  /** A pause that is over at `untilMs`, epoch milliseconds. */
  | { readonly kind: 'sleep'; readonly untilMs: number }
  /** All that was written until `untilMs` is counted. */
  | { readonly kind: 'counted'; readonly untilMs: number }
  /** Between two stages nothing is kept but `value`, plain data. It is answered with that, at once. */
  | { readonly kind: 'stage'; readonly value: unknown };

/** What a command is given in place of DynamoDB and time; `now` is `Date.now`. */
export interface OperatorKit {
  readonly client: DynamoDBDocumentClient;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** Resolves to true, and only when it is so. */
  readonly isCounted: (untilMs: number) => Promise<boolean>;
  /** Marks the requests of `action` as ones that may correct the counter. */
  readonly correcting: <Result>(action: () => Promise<Result>) => Promise<Result>;
  readonly notes: Notes;
}

/** A part of a command that takes what the one before it came to. */
export type Stage = (kit: OperatorKit, input: never) => Promise<unknown>;

/** The program that runs these stages, one after the other, once it is begun. */
export const createOperator =
  (stages: readonly Stage[]): Program<OperatorCall> =>
  async (call) => {
    const notes = createNotes();
    let stageText = 'begin';
    const wait = (made: OperatorWait): Promise<unknown> =>
      call({ ...made, key: () => [stageText, notes.text(), textOf(made)].join(' | ') });
    await wait({ kind: 'begin' });
    const kit = createKit(wait, notes);
    let value: unknown;
    for (const [place, stage] of stages.entries()) {
      stageText = `stage ${place}: ${inspect(value, INSPECTION)}`;
      notes.clear();
      value = await stage(kit, (await wait({ kind: 'stage', value })) as never);
    }
    return value;
  };

// Everything that is in the value, maps included.
const INSPECTION = { depth: null, sorted: true, maxArrayLength: null, maxStringLength: null };

const textOf = (wait: OperatorWait): string =>
  'request' in wait ? canonicalText(wait.request) : inspect(wait, INSPECTION);

const createKit = (wait: MakeCall<OperatorWait>, notes: Notes): OperatorKit => {
  let isCorrection = false;
  const send = async (request: Request): Promise<Reply> => {
    const isScan = request.operation === 'Scan';
    const reply = (await wait(
      isScan ? { kind: 'scan', request } : { kind: 'request', request, isCorrection },
    )) as Reply;
    notes.add(canonicalText(reply));
    return reply;
  };
  return {
    client: createFakeClient(send),
    sleep: async (ms) => {
      await wait({ kind: 'sleep', untilMs: Date.now() + ms });
      notes.add('slept');
    },
    isCounted: async (untilMs) => {
      const isCounted = (await wait({ kind: 'counted', untilMs })) as boolean;
      notes.add('counted');
      return isCounted;
    },
    correcting: async (action) => {
      isCorrection = true;
      const result = await action();
      isCorrection = false;
      return result;
    },
    notes,
  };
};
