import { type Answer, type Program, runProgram, type Stop } from './program.ts';

/** A call that a program stands at. */
export interface KeyedCall {
  readonly kind: string;
  /**
   * Names the state that the program is in, asked while it stands at the call: two runs that come
   * to calls of one key go on alike. Without it every sequence of answers is a state of its own.
   */
  readonly key?: () => string;
}

/** A state of a program. */
export interface Node<Call> {
  readonly id: number;
  /** Where it stands. */
  readonly stop: Stop<Call>;
  /** The answers that led to it first. */
  readonly path: readonly Answer[];
  /** Those that led to a node of its key as well, the first few of them. */
  readonly otherPaths: (readonly Answer[])[];
  /** What the answers that were given lead to, by their number, and by number and clock. */
  readonly edges: Map<number, Edge<Call>>;
}

/** What an answer brings a program to. */
export interface Edge<Call> {
  readonly node: Node<Call>;
  readonly answer: Answer | undefined;
  /** The very stop that this way led to: all ends are one node, whatever they came to. */
  readonly stop: Stop<Call>;
}

/** An answer, and its number; `nowMs` is one of the clocks, of which `clock` is the place. */
export interface NumberedAnswer {
  readonly number: number;
  readonly clock: number;
  readonly answer: () => Answer;
}

/**
 * The states of a program, found by running it. Each step that was run once is remembered, since
 * the program is deterministic: that is what makes millions of steps of real code cheap.
 */
export interface Automaton<Call extends object> {
  readonly start: () => Promise<Node<Call>>;
  /** What an answer brings the program to. */
  readonly step: (node: Node<Call>, answer: NumberedAnswer) => Edge<Call> | Promise<Edge<Call>>;
  readonly nodes: readonly Node<Call>[];
  /** Where the program stands after these answers. */
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
    const { stop, sawClock } = await runProgram(program, startMs, path);
    const key = keyOf(stop) ?? (sawClock ? `${way} ${path.at(-1)?.nowMs}` : way);
    const known = byKey.get(key);
    const node = known ?? { id: nodes.length, stop, path, otherPaths: [], edges: new Map() };
    if (node.id === nodes.length) nodes.push(node);
    if (known && known.otherPaths.length < OTHER_PATHS) known.otherPaths.push(path);
    byKey.set(key, node);
    return { edge: { node, stop, answer: path.at(-1) }, sawClock };
  };
  const run = async (node: Node<Call>, { number, clock, answer }: NumberedAnswer) => {
    const { edge, sawClock } = await reach([...node.path, answer()], `${node.id} ${number}`);
    // A program that does not look at the clock goes on alike at any time.
    node.edges.set(sawClock ? timed(number, clock) : anyTime(number), edge);
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
