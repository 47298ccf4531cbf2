import { inspect } from 'node:util';
import type { Automaton, Edge, KeyedCall, Node } from './automaton.ts';
import type { Answer, Stop } from './program.ts';

/** How many pairs of histories that led to one state were compared, and where two went on apart. */
export interface MergeCheck {
  readonly compared: number;
  readonly different: readonly string[];
}

/**
 * Tries whether the keys of a program's calls tell all that matters: wherever several histories led
 * to one state, each goes on from there through up to `depth` of the answers that were explored, and
 * all must make the same calls. A state that is merged only by what its key leaves out would part.
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

/** Answers that were given one after the other, beginning with each that the node was given. */
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
  // Where an error comes from in the code does not matter to anyone outside.
  return 'error' in stop.end ? `${stop.end.error}` : inspect(stop.end, WHOLE);
};

const WHOLE = { depth: null, sorted: true, maxArrayLength: null, maxStringLength: null };
