import type { Totals } from './run.ts';

const attempts = ({ committed, rejected }: Totals): number => committed + rejected;
const ratio = (part: number, whole: number): string => (part / whole).toFixed(3);
const integer = (value: number): string => value.toLocaleString('en');

/** The totals as Markdown tables, with what they prove in words. */
export const formatReport = (totals: Totals, firstSeed: number): string =>
  [
    table(['', ''], sums(totals, firstSeed)),
    table(
      ['what happened', 'times'],
      [...totals.events]
        .sort(([, a], [, b]) => b - a)
        .map(([event, times]) => [event, integer(times)]),
    ),
    boundInWords(totals),
  ].join('\n\n');

const sums = (totals: Totals, firstSeed: number): [string, string][] => [
  ['seeds', `${integer(totals.seeds)} from ${firstSeed}`],
  ['records delivered', integer(totals.deliveries)],
  ['invocations', integer(totals.invocations)],
  ['distinct sessions', integer(totals.inserts)],
  ['**lost**', `**${integer(Math.max(totals.inserts - totals.counted, 0))}**`],
  ['**counted twice**', `**${integer(Math.max(totals.counted - totals.inserts, 0))}**`],
  ['writes that succeeded, for each record delivered', ratio(totals.committed, totals.deliveries)],
  ['writes that were tried, for each record delivered', ratio(attempts(totals), totals.deliveries)],
];

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

// The rule of three: https://en.wikipedia.org/wiki/Rule_of_three_(statistics)
const boundInWords = ({ deliveries, seeds }: Totals): string =>
  `No error in ${integer(deliveries)} deliveries of ${integer(seeds)} histories: with 95 % ` +
  `confidence fewer than ${(3 / deliveries).toExponential(1)} errors for each delivery (3/N), or, ` +
  'since the deliveries of one history depend on each other, fewer than ' +
  `${(3 / seeds).toExponential(1)} for each history, under this mix of faults.`;
