import { inParallel } from '../../src/runtime/in-parallel.ts';
import { createVisitor, userAgentOf, type VisitAnswer } from './visit.ts';

/** How visits ended: how many were counted, and how many were refused for each reason. */
export type Outcome = Readonly<Record<string, number>>;

const FLOODER = '127.0.0.9';
const AT_ONCE = 50;

/** One address that sends a visit with each of `size` user agents, 50 at once. */
export const flood = async (port: number, size: number): Promise<Outcome> => {
  const { visit, close } = createVisitor(port, FLOODER, AT_ONCE);
  const numbers = Array.from({ length: size }, (_, number) => number);
  const answers = await inParallel(numbers, AT_ONCE, (number) => visit(userAgentOf(number)));
  close();
  return outcomeOf(answers);
};

/**
 * The visits of `size` people, one after another, each with an address of their own: those of group `group`, which
 * differ from those of other groups.
 */
export const visitHonestly = async (
  port: number,
  { group, size }: { readonly group: number; readonly size: number },
): Promise<Outcome> => {
  const answers: VisitAnswer[] = [];
  for (let person = 0; person < size; person += 1) {
    const address = `127.${group}.${person >> 8}.${person & 255 || 1}`;
    const { visit, close } = createVisitor(port, address);
    answers.push(await visit(userAgentOf(person)));
    close();
  }
  return outcomeOf(answers);
};

const outcomeOf = (answers: readonly VisitAnswer[]): Outcome => {
  const outcome: Record<string, number> = { counted: 0 };
  for (const { counted, reason = 'unknown' } of answers) {
    const end = counted ? 'counted' : reason;
    outcome[end] = (outcome[end] ?? 0) + 1;
  }
  return outcome;
};
