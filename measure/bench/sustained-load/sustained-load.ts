import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import autocannon from 'autocannon';
import { median, round } from '../meters/latency.ts';
import { createVisits, readingCounts, type Visits } from '../meters/requests.ts';
import type { Bench, Findings, Goal, Row } from '../part/part.ts';
import { type StartedCounter, startCounter } from './started-counter.ts';

const CONNECTIONS = 16;
const READS_A_VISIT = 4; // what the widget does in a minute
const SHARE = 0.8;
const BURST_SECONDS = 5;
// About a second of requests.
const REQUESTS_A_SECOND = 2_500;
const MAX_SAMPLES = 60;
const SAMPLES_A_SECOND = 20;
const TIMEOUT_MS = 30_000;

/** `npm start` at four fifths of its maximum rate, with visits and reads mixed. */
export const benchSustainedLoad = async (bench: Bench): Promise<Findings> => {
  const seconds = bench.plan.sustainedSeconds;
  await using counter = await startCounter(join(bench.folder, 'sustained'));
  const visits = createVisits();
  if (bench.plan.isWarmedUp) await run(counter, visits, { amount: REQUESTS_A_SECOND });
  const most = await findMost(counter, visits, Math.min(BURST_SECONDS, seconds));
  const rate = Math.floor(most * SHARE);
  const memory = sampleMemory(counter, seconds);
  const load = { amount: Math.ceil(rate * seconds), overallRate: rate };
  const result = await run(counter, visits, load);
  const megabytes = await memory;
  const total = await readSettledTotal(counter, visits.counted());
  const row = describe(result, { most, rate, megabytes, total, counted: visits.counted() });
  return { title: 'Sustained load', rows: [row], goals: goalsOf(row) };
};

const run = (
  { url }: StartedCounter,
  { request }: Visits,
  load: Partial<autocannon.Options>,
): Promise<autocannon.Result> => {
  const requests = [request, ...Array.from({ length: READS_A_VISIT }, () => readingCounts)];
  // With `amount`, each connection is closed only after its last response.
  return Promise.resolve(autocannon({ url, requests, connections: CONNECTIONS, ...load }));
};

// Responses per second when each request follows the previous response immediately.
const findMost = async (counter: StartedCounter, visits: Visits, seconds: number) => {
  const startedAt = performance.now();
  const { requests } = await run(counter, visits, { amount: REQUESTS_A_SECOND * seconds });
  return requests.total / ((visits.answeredAt() - startedAt) / 1_000);
};

const sampleMemory = async (counter: StartedCounter, seconds: number): Promise<number[]> => {
  const megabytes: number[] = [];
  const samples = Math.min(MAX_SAMPLES, Math.ceil(seconds * SAMPLES_A_SECOND));
  for (let sample = 0; sample < samples; sample += 1) {
    await setTimeout((seconds * 1_000) / samples);
    megabytes.push(await counter.megabytes());
  }
  return megabytes;
};

const readSettledTotal = async ({ url }: StartedCounter, expected: number): Promise<number> => {
  let total = -1;
  for (const endMs = Date.now() + TIMEOUT_MS; total !== expected && Date.now() < endMs; ) {
    await setTimeout(100);
    const counts = (await (await fetch(`${url}/counts`)).json()) as Record<string, number>;
    total = counts.unique_session_count ?? -1;
  }
  return total;
};

interface Load {
  readonly most: number;
  readonly rate: number;
  readonly megabytes: readonly number[];
  readonly total: number;
  readonly counted: number;
}

const describe = (result: autocannon.Result, load: Load): Row => {
  const { megabytes, most, rate, total, counted } = load;
  const fifth = Math.ceil(megabytes.length / 5);
  const [second, last] = [megabytes.slice(fifth, 2 * fifth), megabytes.slice(-fifth)];
  return {
    'memory at the end, of that at the beginning': round(median(last) / median(second)),
    'error of the total': total - counted,
    errors: result.errors + result.non2xx,
    'of the most': round(rate / most),
    'requests/s': rate,
    'the most/s': Math.round(most),
    'p50 ms': result.latency.p50,
    'p99 ms': result.latency.p99,
    'MB at the end': Math.round(median(last)),
    seconds: Math.round(result.duration),
    requests: result.requests.total,
    'distinct sessions': total,
  };
};

const goalsOf = (row: Row): Goal[] => {
  const memory = Number(row['memory at the end, of that at the beginning']);
  return [
    {
      ...{ goal: 'no request fails', kind: 'counted' },
      ...{ isMet: row.errors === 0, measured: [Number(row.errors)] },
    },
    {
      ...{ goal: 'the total is exact at the end', kind: 'counted' },
      ...{ isMet: row['error of the total'] === 0, measured: [Number(row['distinct sessions'])] },
    },
    {
      ...{ goal: 'memory at the end is within 1.2 times that at the beginning', kind: 'timed' },
      ...{ isMet: memory <= 1.2, measured: [memory] },
    },
  ];
};
