import { setImmediate as settle } from 'node:timers/promises';
import { isBatchSuccess } from '../../../src/local/event-source/batch-response.ts';
import type { ProjectorHandler } from '../../../src/projector/projector-handler.ts';
import type { Reply } from '../dynamodb/answer-request.ts';
import { canonicalText } from '../dynamodb/attribute-value.ts';
import type { MakeCall } from '../engine/program.ts';
import type { ContainerCall } from './container-call.ts';
import type { Batch } from './streams.ts';
import type { WaitingRequests } from './waiting-requests.ts';

/** An invocation, and the container that it runs in. */
export interface Invocation {
  readonly call: MakeCall<ContainerCall>;
  readonly waiting: WaitingRequests;
  /** Everything the handler remembers. */
  readonly memory: () => string;
  readonly batch: Batch;
}

/** Invokes a handler, and passes on its requests one after the other. */
export const runInvocation = async (
  invocation: Invocation,
  handler: ProjectorHandler,
): Promise<'taken' | 'failed'> => {
  let outcome: 'taken' | 'failed' | undefined;
  invocation.waiting.clear();
  invoke(handler, invocation.batch).then((found) => {
    outcome = found;
  });
  for (;;) {
    // Until then the handler has sent everything that it sends at once.
    await settle();
    if (outcome !== undefined) return outcome;
    await passOn(invocation, await choose(invocation));
  }
};

const invoke = async (handler: ProjectorHandler, { event }: Batch): Promise<'taken' | 'failed'> => {
  try {
    return isBatchSuccess(await handler(event)) ? 'taken' : 'failed';
  } catch {
    return 'failed';
  }
};

const choose = async ({ call, waiting, memory, batch }: Invocation): Promise<number> => {
  const requests = waiting.requests();
  if (requests.length === 0) throw new Error('The handler waits for something else than a reply');
  if (requests.length === 1) return 0;
  const key = () => ['choice', memory(), batch.number, waiting.text()].join('|');
  return (await call({ kind: 'choice', key, requests, batch })) as number;
};

const passOn = async ({ call, waiting, memory, batch }: Invocation, place: number) => {
  const { request, resolve, reject } = waiting.take(place);
  const others = waiting.requests();
  const key = () => [memory(), batch.number, waiting.text(), canonicalText(request)].join('|');
  try {
    resolve((await call({ kind: 'request', key, request, others, batch })) as Reply);
  } catch (error) {
    reject(error);
  }
};
