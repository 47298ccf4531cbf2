import type { Totals } from './run.ts';

const attempts = ({ committed, rejected }: Totals): number => committed + rejected;
const ratio = (part: number, whole: number): string => (part / whole).toFixed(3);
const integer = (value: number): string => value.toLocaleString('en');

/** The totals as Markdown tables, followed by the statistical bound they imply. */
export const formatReport = (totals: Totals, firstSeed: number): string =>
  [
    table(['', ''], sums(totals, firstSeed)),
    table(
      ['event', 'count'],
      [...totals.events]
        .sort(([, a], [, b]) => b - a)
        .map(([event, times]) => [event, integer(times)]),
    ),
    describeBound(totals),
  ].join('\n\n');

const sums = (totals: Totals, firstSeed: number): [string, string][] => [
  ['seeds', `${integer(totals.seeds)} from ${firstSeed}`],
  ['records delivered', integer(totals.deliveries)],
  ['invocations', integer(totals.invocations)],
  ['distinct sessions, less the retracted ones', integer(totals.sessions)],
  ['**lost**', `**${integer(Math.max(totals.sessions - totals.counted, 0))}**`],
  ['**counted twice**', `**${integer(Math.max(totals.counted - totals.sessions, 0))}**`],
  ['successful writes per delivered record', ratio(totals.committed, totals.deliveries)],
  ['attempted writes per delivered record', ratio(attempts(totals), totals.deliveries)],
];

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

// The rule of three: https://en.wikipedia.org/wiki/Rule_of_three_(statistics)
const describeBound = ({ deliveries, seeds }: Totals): string =>
  `No error in ${integer(deliveries)} deliveries of ${integer(seeds)} histories. With 95 % confidence ` +
  `the error rate is below ${(3 / deliveries).toExponential(1)} per delivery (3/N). Deliveries of one ` +
  `history are not independent; counted per history the rate is below ${(3 / seeds).toExponential(1)}. ` +
  'Both hold for this mix of faults.';
