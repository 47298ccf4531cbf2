import { type Automaton, createAutomaton, type Edge, type Node } from '../engine/automaton.ts';
import type { Answer } from '../engine/program.ts';
import { createContainer, type MakeHandler } from './container.ts';
import type { ContainerCall, RequestCall } from './container-call.ts';
import type { CounterTable } from './counter-table.ts';
import type { Slot } from './state.ts';
import type { Order } from './step.ts';
import type { Streams } from './streams.ts';
import type { WorldPlan } from './world-plan.ts';

/** A step of a container, available now or once its code has run. */
export type ContainerStep = Edge<ContainerCall> | Promise<Edge<ContainerCall>>;

/** A step, and the place of the request that comes first in it, if there were several. */
export interface OrderedStep extends Order {
  readonly order: ContainerStep;
}

/** The containers of a world. All run the same code, so they share its automaton. */
export interface ContainerPool {
  readonly automaton: Automaton<ContainerCall>;
  readonly coldNode: () => Promise<number>;
  readonly callOf: (slot: Slot) => ContainerCall;
  /** The number of the request whose reply a container waits for. */
  readonly requestOf: (slot: Slot) => number;
  /** The numbers of the other requests that it has sent at the same time. */
  readonly othersOf: (slot: Slot) => number[];
  readonly giveBatch: (slot: Slot, batch: number, clock: number) => ContainerStep;
  readonly giveReply: (slot: Slot, reply: number, clock: number) => ContainerStep;
  /** Makes the SDK give up the request, with an error other than a failed condition. */
  readonly giveError: (slot: Slot, clock: number) => ContainerStep;
  /**
   * The steps that a step turns into, one for each request that may come first; usually only itself. Each must
   * be awaited before the next, because a run replaces the clock.
   */
  readonly ordersOf: (step: Edge<ContainerCall>, clock: number) => Iterable<OrderedStep>;
}

// The kinds of answers, so that each answer has its own number.
const KINDS = { batch: 0, reply: 1, error: 2, place: 3 } as const;
const KIND_COUNT = Object.keys(KINDS).length;

/** Containers of the function that `makeHandler` creates, at these clocks. */
export const createContainerPool = (
  makeHandler: MakeHandler,
  { clocks }: Pick<WorldPlan, 'clocks'>,
  { table, streams }: { readonly table: CounterTable; readonly streams: Streams },
): ContainerPool => {
  const automaton = createAutomaton(createContainer(makeHandler), clocks[0] ?? 0);
  const give = createGive(automaton, clocks);
  const requests: number[] = [];
  const callOf = ({ node }: Slot): ContainerCall => callAt(automaton.nodes[node]);
  return {
    ...{ automaton, callOf },
    coldNode: async () => (await automaton.start()).id,
    requestOf: (slot) => {
      requests[slot.node] ??= table.requestNumber(asRequest(callOf(slot)).request);
      return requests[slot.node] as number;
    },
    othersOf: (slot) => asRequest(callOf(slot)).others.map(table.requestNumber),
    giveBatch: ({ node }, batch, clock) =>
      give(node, [KINDS.batch, batch, clock], () => ({ value: streams.batch(batch) })),
    giveReply: ({ node }, reply, clock) =>
      give(node, [KINDS.reply, reply, clock], () => ({ value: table.replies.get(reply) })),
    giveError: ({ node }, clock) =>
      give(node, [KINDS.error, 0, clock], () => ({ error: 'GivenUp' })),
    ordersOf: function* (step, clock) {
      const { stop, node } = step;
      if (!('call' in stop) || stop.call.kind !== 'choice') yield { order: step };
      else
        for (const first of stop.call.requests.keys())
          yield {
            first,
            order: give(node.id, [KINDS.place, first, clock], () => ({ value: first })),
          };
    },
  };
};

type GivenAnswer = { readonly value: unknown } | { readonly error: string };

const createGive =
  (automaton: Automaton<ContainerCall>, clocks: readonly number[]) =>
  (
    node: number,
    [kind, content, clock]: readonly [kind: number, content: number, clock: number],
    answer: () => GivenAnswer,
  ): ContainerStep => {
    const timed = (): Answer => ({ ...answer(), nowMs: clocks[clock] ?? 0 });
    const number = content * KIND_COUNT + kind;
    return automaton.step(automaton.nodes[node] as Node<ContainerCall>, {
      ...{ number, clock, answer: timed },
    });
  };

const callAt = (node: Node<ContainerCall> | undefined): ContainerCall => {
  if (node && 'call' in node.stop) return node.stop.call;
  throw new Error('A container ended', { cause: node?.stop });
};

const asRequest = (call: ContainerCall): RequestCall => {
  if (call.kind === 'request') return call;
  throw new Error('The container is not waiting for a reply');
};
