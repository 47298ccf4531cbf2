import { type Automaton, createAutomaton, type Edge, type Node } from '../engine/automaton.ts';
import type { Answer } from '../engine/program.ts';
import { type ContainerCall, createContainer, type MakeHandler } from './container.ts';
import type { CounterTable } from './counter-table.ts';
import type { Slot } from './state.ts';
import type { Streams } from './streams.ts';
import type { WorldPlan } from './world-plan.ts';

/** A step of a container, available now or once its code has run. */
export type ContainerStep = Edge<ContainerCall> | Promise<Edge<ContainerCall>>;

/** The containers of a world. All run the same code, so they share its automaton. */
export interface ContainerPool {
  readonly automaton: Automaton<ContainerCall>;
  readonly coldNode: () => Promise<number>;
  readonly callOf: (slot: Slot) => ContainerCall;
  /** The number of the request whose reply a container waits for. */
  readonly requestOf: (slot: Slot) => number;
  readonly giveBatch: (slot: Slot, batch: number, clock: number) => ContainerStep;
  readonly giveReply: (slot: Slot, reply: number, clock: number) => ContainerStep;
  /** Makes the SDK give up the request, with an error other than a failed condition. */
  readonly giveError: (slot: Slot, clock: number) => ContainerStep;
}

// The kinds of answers, so that each answer has its own number.
const KINDS = { batch: 0, reply: 1, error: 2 } as const;

/** Containers of the function that `makeHandler` creates, at these clocks. */
export const createContainerPool = (
  makeHandler: MakeHandler,
  { clocks }: Pick<WorldPlan, 'clocks'>,
  { table, streams }: { readonly table: CounterTable; readonly streams: Streams },
): ContainerPool => {
  const automaton = createAutomaton(createContainer(makeHandler), clocks[0] ?? 0);
  const requests: number[] = [];
  const nodeOf = (slot: Slot): Node<ContainerCall> =>
    automaton.nodes[slot.node] as Node<ContainerCall>;
  const callOf = (slot: Slot): ContainerCall => {
    const { stop } = nodeOf(slot);
    if ('call' in stop) return stop.call;
    throw new Error('A container ended', { cause: stop.end });
  };
  const give = (
    slot: Slot,
    [kind, content, clock]: readonly [number, number, number],
    answer: () => { readonly value: unknown } | { readonly error: string },
  ): ContainerStep => {
    const timed = (): Answer => ({ ...answer(), nowMs: clocks[clock] ?? 0 });
    return automaton.step(nodeOf(slot), { number: content * 3 + kind, clock, answer: timed });
  };
  return {
    ...{ automaton, callOf },
    coldNode: async () => (await automaton.start()).id,
    requestOf: (slot) => {
      const call = callOf(slot);
      if (call.kind !== 'request') throw new Error('The container is not waiting for a reply');
      requests[slot.node] ??= table.requestNumber(call.request);
      return requests[slot.node] as number;
    },
    giveBatch: (slot, batch, clock) =>
      give(slot, [KINDS.batch, batch, clock], () => ({ value: streams.batch(batch) })),
    giveReply: (slot, reply, clock) =>
      give(slot, [KINDS.reply, reply, clock], () => ({ value: table.replies.get(reply) })),
    giveError: (slot, clock) => give(slot, [KINDS.error, 0, clock], () => ({ error: 'GivenUp' })),
  };
};
