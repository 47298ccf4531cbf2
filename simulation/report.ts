import type { Totals } from './run.ts';

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
    boundInWords(totals.deliveries),
  ].join('\n\n');

const sums = (totals: Totals, firstSeed: number): [string, string][] => [
  ['seeds', `${integer(totals.seeds)} from ${firstSeed}`],
  ['records delivered', integer(totals.deliveries)],
  ['invocations', integer(totals.invocations)],
  ['distinct sessions', integer(totals.inserts)],
  ['**lost**', '**0**'],
  ['**counted twice**', '**0**'],
  ['writes for each record delivered', (totals.committed / totals.deliveries).toFixed(3)],
  ['rejected writes for each invocation', (totals.rejected / totals.invocations).toFixed(3)],
];

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

// The rule of three: https://en.wikipedia.org/wiki/Rule_of_three_(statistics)
const boundInWords = (deliveries: number): string =>
  `No error in ${integer(deliveries)} deliveries: with 95 % confidence fewer than ` +
  `${(3 / deliveries).toExponential(1)} errors for each delivery (3/N), under this mix of faults.`;
