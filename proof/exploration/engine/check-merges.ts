import { inspect } from 'node:util';
import type { Automaton, Edge, KeyedCall, Node } from './automaton.ts';
import type { Answer, Stop } from './program.ts';

/** The number of compared pairs of histories that led to one state, and the pairs that diverged. */
export interface MergeCheck {
  readonly compared: number;
  readonly different: readonly string[];
}

/**
 * Checks that the keys of a program's calls identify its states: wherever several histories led to one
 * state, each continues through up to `depth` of the explored answers, and all must make the same calls.
 * A state merged only because its key omits something would diverge.
 */
export const checkMerges = async <Call extends KeyedCall>(
  automaton: Automaton<Call>,
  depth: number,
): Promise<MergeCheck> => {
  const different: string[] = [];
  let compared = 0;
  for (const node of automaton.nodes) {
    for (const [place, other] of node.otherPaths.entries()) {
      for (const way of waysFrom(node, place, depth)) {
        const [first, second] = [
          textOf(await automaton.run([...node.path, ...way])),
          textOf(await automaton.run([...other, ...way])),
        ];
        compared += 1;
        if (first !== second) different.push(`${first}\n${second}`);
      }
    }
  }
  return { compared, different };
};

/** Sequences of answers, one starting with each answer given at the node. */
const waysFrom = <Call>(node: Node<Call>, seed: number, depth: number): Answer[][] =>
  [...node.edges.values()].flatMap(({ answer, node: first }) => {
    if (answer === undefined) return [];
    const way = [answer];
    for (let at: Node<Call> | undefined = first; at && way.length < depth; ) {
      const edges: Edge<Call>[] = [...at.edges.values()];
      const next: Edge<Call> | undefined = edges[(seed + way.length) % edges.length];
      if (next?.answer) way.push(next.answer);
      at = next?.answer && next.node;
    }
    return [way];
  });

const textOf = <Call extends KeyedCall>(stop: Stop<Call>): string => {
  if ('call' in stop) return stop.call.key?.() ?? inspect(stop.call, WHOLE);
  // The stack of an error is not observable from outside.
  return 'error' in stop.end ? `${stop.end.error}` : inspect(stop.end, WHOLE);
};

const WHOLE = { depth: null, sorted: true, maxArrayLength: null, maxStringLength: null };
