import { FAULTS } from './faults.ts';
import type { Numbers } from './numbers.ts';
import type { EnduranceOptions, Outcome } from './run.ts';

type Row = readonly [name: string, value: number | string];

/** The outcome as a Markdown table, with the command that repeats the plan. */
export const formatOutcome = (options: EnduranceOptions, outcome: Outcome): string =>
  [
    formatTable(['', ''], rowsOf(options, outcome)),
    outcome.isExact ? 'Exact.' : 'NOT EXACT: the numbers differ.',
    `Repeat this plan: npm run test:endurance -- ${formatArguments(options)}`,
    'The seed decides the visitors, the kills and the order of faults. Timing decides which request',
    'gets which fault, and what a kill interrupts.',
  ].join('\n');

const rowsOf = (options: EnduranceOptions, outcome: Outcome): Row[] => [
  ['DynamoDB', options.endpoint ?? 'embedded'],
  ['seed', String(options.seed)],
  ['seconds', outcome.seconds.toFixed(1)],
  ['distinct visitors', options.sessions],
  ['page loads', outcome.plan.pageLoads],
  ...[...outcome.retries].map(([what, count]): Row => [`page loads ${what}, retried`, count]),
  ...[...outcome.kills].sort().map(([kind, count]): Row => [kind, count]),
  ...FAULTS.map((fault): Row => [`fault: ${fault}`, outcome.faults.get(fault) ?? 0]),
  ...numberRows('after delivery', outcome.afterDelivery),
  ...numberRows('after a replay of the whole stream', outcome.afterReplay),
];

const numberRows = (when: string, { total, removed, published, rows }: Numbers): Row[] => [
  [`${when}: total`, total],
  [`${when}: total on GET /counts`, published],
  [`${when}: rows`, rows],
  [`${when}: total - removed`, total - removed],
];

const formatArguments = ({ sessions, seed }: EnduranceOptions): string =>
  `--sessions ${sessions} --seed ${seed}`;

const formatTable = (head: readonly [string, string], rows: readonly Row[]): string => {
  const cells = rows.map(([name, value]) => [
    name,
    typeof value === 'number' ? value.toLocaleString('en') : value,
  ]);
  return [head, ['---', '---:'], ...cells].map((row) => `| ${row.join(' | ')} |`).join('\n');
};
