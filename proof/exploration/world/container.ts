import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { isBatchSuccess } from '../../../src/local/event-source/batch-response.ts';
import type { ProjectorHandler } from '../../../src/projector/projector-handler.ts';
import type { Reply, Request } from '../dynamodb/answer-request.ts';
import { canonicalText } from '../dynamodb/attribute-value.ts';
import { createFakeClient } from '../dynamodb/fake-client.ts';
import { readMemory } from '../engine/closure-memory.ts';
import type { Program } from '../engine/program.ts';
import type { Batch } from './streams.ts';

/** Creates the function under test, as a container does once in its life. */
export type MakeHandler = (client: DynamoDBDocumentClient) => ProjectorHandler;

/** What a container waits for: an event, or the reply to a request. */
export type ContainerCall = EventCall | RequestCall;

/** The container is idle; the key is everything its handler remembers. */
export interface EventCall {
  readonly kind: 'event';
  readonly key: () => string;
  /** The last invocation's result for the event source; undefined before the first. */
  readonly outcome: 'taken' | 'failed' | undefined;
}

/**
 * A request to send. The key is the batch, everything the handler remembers, the number of requests so
 * far and the request. The handler's local variables follow from these, which `checkMerges` verifies.
 */
export interface RequestCall {
  readonly kind: 'request';
  readonly key: () => string;
  readonly request: Request;
  readonly batch: Batch;
}

/**
 * The life of a container: it creates the handler and calls it with one event after the other. An
 * EventCall is answered with a batch, a RequestCall with a reply.
 */
export const createContainer =
  (makeHandler: MakeHandler): Program<ContainerCall> =>
  async (call) => {
    let batch: Batch | undefined;
    let sent = 0;
    const send = async (request: Request): Promise<Reply> => {
      if (batch === undefined) throw new Error('A request was sent outside an invocation');
      sent += 1;
      const { number } = batch;
      const key = () => [readMemory(handler), number, sent, canonicalText(request)].join('|');
      return (await call({ kind: 'request', key, request, batch })) as Reply;
    };
    const handler = makeHandler(createFakeClient(send));
    let outcome: EventCall['outcome'];
    for (;;) {
      const key = () => readMemory(handler);
      batch = (await call({ kind: 'event', key, outcome })) as Batch;
      sent = 0;
      outcome = await invoke(handler, batch);
    }
  };

const invoke = async (handler: ProjectorHandler, { event }: Batch): Promise<'taken' | 'failed'> => {
  try {
    return isBatchSuccess(await handler(event)) ? 'taken' : 'failed';
  } catch {
    return 'failed';
  }
};
