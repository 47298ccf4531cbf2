import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ProjectorHandler } from '../../../src/projector/projector-handler.ts';
import { createFakeClient } from '../dynamodb/fake-client.ts';
import { readMemory } from '../engine/closure-memory.ts';
import type { Program } from '../engine/program.ts';
import type { ContainerCall, EventCall } from './container-call.ts';
import { runInvocation } from './run-invocation.ts';
import type { Batch } from './streams.ts';
import { createWaitingRequests } from './waiting-requests.ts';

/** Creates the function under test, as a container does once in its life. */
export type MakeHandler = (client: DynamoDBDocumentClient) => ProjectorHandler;

/**
 * The life of a container: it creates the handler and calls it with one event after the other. An
 * EventCall is answered with a batch, a RequestCall with a reply, and a ChoiceCall with a place.
 */
export const createContainer =
  (makeHandler: MakeHandler): Program<ContainerCall> =>
  async (call) => {
    const waiting = createWaitingRequests();
    const handler = makeHandler(createFakeClient(waiting.send));
    const memory = () => readMemory(handler);
    let outcome: EventCall['outcome'];
    for (;;) {
      const batch = (await call({ kind: 'event', key: memory, outcome })) as Batch;
      outcome = await runInvocation({ call, waiting, memory, batch }, handler);
    }
  };
