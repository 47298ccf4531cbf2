import { type Answer, type Program, runProgram, type Stop } from './program.ts';

/** A call at which a program is suspended. */
export interface KeyedCall {
  readonly kind: string;
  /**
   * Identifies the program's state, computed while it is suspended at the call: two runs suspended at
   * calls with equal keys continue identically. Without a key, every sequence of answers is a state.
   */
  readonly key?: () => string;
}

/** A state of a program. */
export interface Node<Call> {
  readonly id: number;
  /** Where the program is suspended. */
  readonly stop: Stop<Call>;
  /** The answers that first led here. */
  readonly path: readonly Answer[];
  /** The first few other sequences of answers that led to the same key. */
  readonly otherPaths: (readonly Answer[])[];
  /** The edges for the answers given so far, by number, or by number and clock. */
  readonly edges: Map<number, Edge<Call>>;
}

/** The state that an answer leads to. */
export interface Edge<Call> {
  readonly node: Node<Call>;
  readonly answer: Answer | undefined;
  /** The stop on this path: all ends share one node, whatever their results. */
  readonly stop: Stop<Call>;
}

/** A numbered answer; `clock` is the index of its `nowMs` among the clocks. */
export interface NumberedAnswer {
  readonly number: number;
  readonly clock: number;
  readonly answer: () => Answer;
}

/**
 * The states of a program, discovered by running it. Each step runs once and is then cached, since the
 * program is deterministic. This makes millions of steps of real code cheap.
 */
export interface Automaton<Call extends object> {
  readonly start: () => Promise<Node<Call>>;
  /** The edge for an answer. */
  readonly step: (node: Node<Call>, answer: NumberedAnswer) => Edge<Call> | Promise<Edge<Call>>;
  readonly nodes: readonly Node<Call>[];
  /** Where the program stops after these answers. */
  readonly run: (path: readonly Answer[]) => Promise<Stop<Call>>;
  /** How often the program was run. */
  readonly runs: () => number;
}

const OTHER_PATHS = 5;
// More clocks than any world has.
const CLOCKS = 64;

/** The automaton of a program that starts at `startMs`, epoch milliseconds. */
export const createAutomaton = <Call extends KeyedCall>(
  program: Program<Call>,
  startMs: number,
): Automaton<Call> => {
  const nodes: Node<Call>[] = [];
  const byKey = new Map<string, Node<Call>>();
  let runs = 0;
  const reach = async (path: readonly Answer[], way: string) => {
    runs += 1;
    const { stop, hasReadClock } = await runProgram(program, startMs, path);
    const key = keyOf(stop) ?? (hasReadClock ? `${way} ${path.at(-1)?.nowMs}` : way);
    const known = byKey.get(key);
    const node = known ?? { id: nodes.length, stop, path, otherPaths: [], edges: new Map() };
    if (node.id === nodes.length) nodes.push(node);
    if (known && known.otherPaths.length < OTHER_PATHS) known.otherPaths.push(path);
    byKey.set(key, node);
    return { edge: { node, stop, answer: path.at(-1) }, hasReadClock };
  };
  const run = async (node: Node<Call>, { number, clock, answer }: NumberedAnswer) => {
    const { edge, hasReadClock } = await reach([...node.path, answer()], `${node.id} ${number}`);
    // A program that does not read the clock continues the same way at any time.
    node.edges.set(hasReadClock ? timed(number, clock) : anyTime(number), edge);
    return edge;
  };
  return {
    nodes,
    runs: () => runs,
    run: async (path) => (await runProgram(program, startMs, path)).stop,
    start: async () => nodes[0] ?? (await reach([], '')).edge.node,
    step: (node, given) =>
      node.edges.get(anyTime(given.number)) ??
      node.edges.get(timed(given.number, given.clock)) ??
      run(node, given),
  };
};

const anyTime = (number: number): number => number * CLOCKS;
const timed = (number: number, clock: number): number => number * CLOCKS + clock + 1;

const keyOf = <Call extends KeyedCall>(stop: Stop<Call>): string | undefined =>
  'call' in stop ? stop.call.key?.() : 'end';
