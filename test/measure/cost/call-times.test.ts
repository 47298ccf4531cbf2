import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Results } from '../../../measure/bench/results.ts';
import { CALL_TIMES, REQUEST_MS, timesWith } from '../../../measure/cost/call-times.ts';

const ONE_VCPU = 1_769;

it('takes the measured CPU, and waits for its request, on a whole vCPU', () => {
  expect(timesWith('ingest', ONE_VCPU).later).toBe(CALL_TIMES.ingest.laterCpu + REQUEST_MS);
  expect(timesWith('ingest', 2 * ONE_VCPU)).toEqual(timesWith('ingest', ONE_VCPU));
});

it('takes twice the CPU time, and waits as long, with half the memory', () => {
  const { first, later } = timesWith('query', ONE_VCPU / 2);
  expect(first).toBe(2 * CALL_TIMES.query.firstCpu + REQUEST_MS);
  expect(later).toBe(2 * CALL_TIMES.query.laterCpu + REQUEST_MS);
});

it('starts as quickly with any memory', () => {
  expect(timesWith('legacy', 128).start).toBe(timesWith('legacy', ONE_VCPU).start);
});

it.each(Object.entries(CALL_TIMES))(
  'has the CPU of %s that the benchmark measured',
  (name, times) => {
    const { parts }: Results = JSON.parse(readFileSync('docs/performance/results.json', 'utf8'));
    const row = parts['cold-start']?.rows.find(({ bundle }) => bundle === name);
    expect(times.startCpu).toBeCloseTo(Number(row?.['CPU of the start, ms']), 0);
    expect(times.firstCpu).toBeCloseTo(Number(row?.['first call']), 0);
    expect(times.laterCpu).toBeCloseTo(Number(row?.['later calls']), 0);
  },
);
