import type { Explored } from './explore-world.ts';

/** The results of the worlds, as a Markdown table. */
export const formatTable = (explored: readonly Explored[]): string =>
  [
    [
      'world',
      'what it contains',
      'states',
      'transitions',
      'complete',
      'violation',
      'specified',
      'seconds',
    ],
    ['---', '---', '---:', '---:', '---', '---', '---', '---:'],
    ...explored.map(rowOf),
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
    .concat(`\n\nPeak memory: ${integer(process.resourceUsage().maxRSS / 1000)} MB.`);

const rowOf = (found: Explored): string[] => [
  found.world.parts.plan.name,
  found.world.parts.plan.title,
  integer(found.states),
  integer(found.transitions),
  completeness(found),
  describeResult(found),
  found.unspecified ? '**no**' : 'yes',
  found.seconds.toFixed(0),
];

const completeness = ({ violation, isComplete }: Explored): string => {
  if (violation) return 'until the violation';
  return isComplete ? 'yes' : 'no';
};

const describeResult = ({ violation, isAsExpected }: Explored): string => {
  if (!violation) return 'no';
  return isAsExpected ? 'known' : '**yes**';
};

const integer = (value: number): string => Math.round(value).toLocaleString('en');
