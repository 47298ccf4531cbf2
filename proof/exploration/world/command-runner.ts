import { type Automaton, createAutomaton, type Edge, type Node } from '../engine/automaton.ts';
import type { Answer, Program, Stop } from '../engine/program.ts';
import type { CounterTable } from './counter-table.ts';
import type { OperatorCall } from './operator-call.ts';
import type { Slot } from './state.ts';
import type { WorldPlan } from './world-plan.ts';

/** A step of a command, available now or once its code has run. */
export type OperatorStep = Edge<OperatorCall> | Promise<Edge<OperatorCall>>;

/** Runs the commands of a world; commands with the same program share its automaton. */
export interface CommandRunner {
  /** Where a command is suspended; undefined when it was killed. */
  readonly stopOf: (operator: number, slot: Slot) => Stop<OperatorCall> | undefined;
  readonly startNode: (operator: number) => Promise<number>;
  /** Answers a command's call: with a reply, or with true where there is none. */
  readonly give: (operator: number, slot: Slot, clock: number) => OperatorStep;
  readonly automata: () => readonly Automaton<OperatorCall>[];
}

/** The node of a killed command. */
export const KILLED = 2 ** 30;

/** A runner of the plan's commands. */
export const createCommandRunner = (
  { operators, clocks }: Pick<WorldPlan, 'operators' | 'clocks'>,
  table: CounterTable,
): CommandRunner => {
  const automata = new Map<Program<OperatorCall>, Automaton<OperatorCall>>();
  const automatonOf = (operator: number): Automaton<OperatorCall> => {
    const { program } = operators[operator] as WorldPlan['operators'][number];
    const automaton = automata.get(program) ?? createAutomaton(program, clocks[0] ?? 0);
    automata.set(program, automaton);
    return automaton;
  };
  const nodeOf = (operator: number, { node }: Slot): Node<OperatorCall> =>
    automatonOf(operator).nodes[node] as Node<OperatorCall>;
  return {
    stopOf: (operator, slot) => (slot.node === KILLED ? undefined : nodeOf(operator, slot).stop),
    startNode: async (operator) => (await automatonOf(operator).start()).id,
    give: (operator, slot, clock) => {
      const value = slot.reply < 0 ? true : table.replies.get(slot.reply);
      const nowMs = clocks[clock] ?? 0;
      const answer = (): Answer => ({ value, nowMs });
      const edge = automatonOf(operator).step(nodeOf(operator, slot), {
        ...{ number: slot.reply + 1, clock, answer },
      });
      return edge instanceof Promise || isStage(edge.stop)
        ? enterStage(automatonOf(operator), edge, { clock, nowMs })
        : edge;
    },
    automata: () => [...automata.values()],
  };
};

const isStage = (stop: Stop<OperatorCall>): boolean => 'call' in stop && stop.call.kind === 'stage';

const enterStage = async (
  automaton: Automaton<OperatorCall>,
  step: OperatorStep,
  { clock, nowMs }: { readonly clock: number; readonly nowMs: number },
): Promise<Edge<OperatorCall>> => {
  const edge = await step;
  if (!('call' in edge.stop) || edge.stop.call.kind !== 'stage') return edge;
  const { value } = edge.stop.call;
  const next = automaton.step(edge.node, { number: 0, clock, answer: () => ({ value, nowMs }) });
  return enterStage(automaton, next, { clock, nowMs });
};
