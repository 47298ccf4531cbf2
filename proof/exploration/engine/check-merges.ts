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
    const known = new Map<string, string>();
    for (const [place, other] of node.otherPaths.entries()) {
      for (const { name, answers } of waysFrom(node, place, depth)) {
        const run = async (path: readonly Answer[]) =>
          textOf(await automaton.run([...path, ...answers]));
        const first = known.get(name) ?? (await run(node.path));
        known.set(name, first);
        const second = await run(other);
        compared += 1;
        if (first !== second) different.push(`${first}\n${second}`);
      }
    }
  }
  return { compared, different };
};

/** Answers that can be given in sequence at a node; equal names mean equal answers. */
interface Way {
  readonly name: string;
  readonly answers: readonly Answer[];
}

/** Ways of up to `depth` answers, one starting with each answer given at the node. */
const waysFrom = <Call>(node: Node<Call>, seed: number, depth: number): Way[] =>
  [...node.edges.values()].flatMap(({ answer, node: first }, start) => {
    if (answer === undefined) return [];
    const answers = [answer];
    const places = [start];
    for (let at: Node<Call> | undefined = first; at && answers.length < depth; ) {
      const edges: Edge<Call>[] = [...at.edges.values()];
      const place = (seed + answers.length) % edges.length;
      const next: Edge<Call> | undefined = edges[place];
      if (next?.answer) answers.push(next.answer);
      if (next?.answer) places.push(place);
      at = next?.answer && next.node;
    }
    return [{ name: places.join(), answers }];
  });

const textOf = <Call extends KeyedCall>(stop: Stop<Call>): string => {
  if ('call' in stop) return stop.call.key?.() ?? inspect(stop.call, WHOLE);
  // The stack of an error is not observable from outside.
  return 'error' in stop.end ? `${stop.end.error}` : inspect(stop.end, WHOLE);
};

const WHOLE = { depth: null, sorted: true, maxArrayLength: null, maxStringLength: null };
