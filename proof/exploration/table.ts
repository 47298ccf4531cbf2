import type { Explored } from './explore-world.ts';

/** What the worlds came to, as a Markdown table. */
export const formatTable = (explored: readonly Explored[]): string =>
  [
    [
      'world',
      'what happens in it',
      'states',
      'transitions',
      'complete',
      'wrong',
      'specified',
      'seconds',
    ],
    ['---', '---', '---:', '---:', '---', '---', '---', '---:'],
    ...explored.map(rowOf),
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
    .concat(`\n\nAt most ${integer(process.resourceUsage().maxRSS / 1000)} MB of memory.`);

const rowOf = (found: Explored): string[] => [
  found.world.parts.plan.name,
  found.world.parts.plan.title,
  integer(found.states),
  integer(found.transitions),
  completeness(found),
  verdict(found),
  found.unspecified ? '**no**' : 'yes',
  found.seconds.toFixed(0),
];

const completeness = ({ violation, isComplete }: Explored): string => {
  if (violation) return 'until it is wrong';
  return isComplete ? 'yes' : 'no';
};

const verdict = ({ violation, isAsExpected }: Explored): string => {
  if (!violation) return 'no';
  return isAsExpected ? 'as known' : '**yes**';
};

const integer = (value: number): string => Math.round(value).toLocaleString('en');
