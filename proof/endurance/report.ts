import type { ByCounter } from '../../src/domain/by-counter.ts';
import { FAULTS } from './faults.ts';
import { type Numbers, visitorsOf } from './numbers.ts';
import type { EnduranceOptions, Outcome } from './run.ts';

type Row = readonly [name: string, value: number | string];

/** The outcome as a Markdown table, with the command that repeats the plan. */
export const formatOutcome = (options: EnduranceOptions, outcome: Outcome): string =>
  [
    formatTable(['', ''], rowsOf(options, outcome)),
    outcome.inexact.length === 0 ? 'Exact, in every counter.' : describeInexact(outcome),
    `Repeat this plan: npm run test:endurance -- ${formatArguments(options)}`,
    'The seed decides the visitors, the kills and the order of faults. Timing decides which request',
    'gets which fault, and what a kill interrupts.',
  ].join('\n');

const rowsOf = (options: EnduranceOptions, outcome: Outcome): Row[] => [
  ['DynamoDB', options.endpoint ?? 'embedded'],
  ['seed', String(options.seed)],
  ['seconds', outcome.seconds.toFixed(1)],
  ['distinct visitors', options.sessions],
  ['counters', outcome.afterDelivery.size],
  ['sessions, over all counters', sum([...visitorsOf(outcome.plan.visitors).values()])],
  ['page loads', outcome.plan.pageLoads],
  ...[...outcome.retries].map(([what, count]): Row => [`page loads ${what}, retried`, count]),
  ...[...outcome.kills].sort().map(([kind, count]): Row => [kind, count]),
  ...FAULTS.map((fault): Row => [`fault: ${fault}`, outcome.faults.get(fault) ?? 0]),
  ...numberRows('after delivery', outcome.afterDelivery),
  ...numberRows('after a replay of the whole stream', outcome.afterReplay),
];

const numberRows = (when: string, numbers: ByCounter<Numbers>): Row[] => {
  const all = [...numbers.values()];
  return [
    [`${when}: totals`, sum(all.map(({ total }) => total))],
    [`${when}: totals on GET /counts`, sum(all.map(({ published }) => published))],
    [`${when}: rows`, sum(all.map(({ rows }) => rows))],
    [`${when}: totals - removed`, sum(all.map(({ total, removed }) => total - removed))],
  ];
};

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

const formatArguments = ({ sessions, seed }: EnduranceOptions): string =>
  `--sessions ${sessions} --seed ${seed}`;

const formatTable = (head: readonly [string, string], rows: readonly Row[]): string => {
  const cells = rows.map(([name, value]) => [
    name,
    typeof value === 'number' ? value.toLocaleString('en') : value,
  ]);
  return [head, ['---', '---:'], ...cells].map((row) => `| ${row.join(' | ')} |`).join('\n');
};

const describeInexact = ({ inexact, plan, afterDelivery, afterReplay }: Outcome): string => {
  const visitors = visitorsOf(plan.visitors);
  const lines = inexact.map((counter) => {
    const numbers = [afterDelivery, afterReplay].map((found) => JSON.stringify(found.get(counter)));
    return `${counter}: ${visitors.get(counter) ?? 0} visitors, ${numbers.join(', then ')}`;
  });
  return ['NOT EXACT:', ...lines].join('\n');
};
