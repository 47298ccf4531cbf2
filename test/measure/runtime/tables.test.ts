import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type RuntimeResults, summarize } from '../../../measure/runtime/results.ts';
import { fillRuntimeBlock, formatResults } from '../../../measure/runtime/tables.ts';
import { ALL_FUNCTIONS } from '../../../src/settings/function-name.ts';

const spent = (cpu: number) => ({ cpu, wall: 2 * cpu });

const container = (cpu: number) => ({
  ...{ init: spent(10 * cpu), first: spent(cpu), second: spent(cpu), hundredth: spent(cpu) },
  firstPeakMegabytes: 5 * cpu,
  peakMegabytes: 10 * cpu,
});

const summaryOf = (bundle: string, ...cpus: number[]) =>
  summarize({ bundle, bytes: 2_000, memoryMegabytes: 512 }, cpus.map(container));

it('takes the median of all containers', () => {
  expect(summaryOf('query', 3, 1.001, 90)).toEqual({
    ...{ bundle: 'query', bytes: 2_000, memoryMegabytes: 512 },
    ...{ firstPeakMegabytes: 15, peakMegabytes: 30 },
    cpu: { init: 30, first: 3, second: 3, hundredth: 3 },
    wall: { init: 60, first: 6, second: 6, hundredth: 6 },
  });
});

const RESULTS: RuntimeResults = {
  ...{ startedAt: '2026-11-27T18:00:00.000Z', machine: '2 × CPU', containers: 3 },
  versions: { node: '24.21.0' },
  bundles: [
    summaryOf('an empty handler', 1),
    summaryOf('a bare GetItem', 4),
    summaryOf('query', 6),
  ],
};

it('compares each bundle with the bare call, and its initialisation with the empty handler', () => {
  const text = formatResults(RESULTS);
  expect(text).toContain('2026-11-27, 3 containers of each bundle; 2 × CPU; node 24.21.0');
  expect(text).toContain('| query | 1.5 | 1.5 | 1.5 | 1.5 | 1.5 |');
  expect(text).toContain(
    '| query | 120 (60) | 12 (6) | 12 (6) | 12 (6) | 100 (50) | 30 | 60 | 512 | 2,000 |',
  );
});

it('needs the bundles that it compares with', () => {
  expect(() => formatResults({ ...RESULTS, bundles: [] })).toThrow(
    'The results have no bundle a bare GetItem',
  );
});

it('needs a block in the document', () => {
  expect(() => fillRuntimeBlock('# Text', RESULTS)).toThrow('must have a block <!-- runtime -->');
});

it('docs/performance.md shows the stored results, of every function', () => {
  const document = readFileSync('docs/performance.md', 'utf8');
  const stored = JSON.parse(
    readFileSync('docs/performance/runtime.json', 'utf8'),
  ) as RuntimeResults;
  expect(fillRuntimeBlock(document, stored)).toBe(document);
  expect(stored.bundles.map(({ bundle }) => bundle)).toEqual(
    expect.arrayContaining([...ALL_FUNCTIONS, 'hash-key', 'active-shards']),
  );
});
