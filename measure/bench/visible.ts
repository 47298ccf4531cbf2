import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startLocalCounter } from '../../src/local/local-counter.ts';
import { buildWidget } from '../../src/local/widget-bundle.ts';
import { createLatency, round } from './meters/latency.ts';
import { browserNumber } from './meters/requests.ts';
import type { Bench, Findings, Row } from './part/part.ts';

const VISITS_A_SECOND = 200;
const LOOK_MS = 5;
const TIMEOUT_MS = 30_000;

/** The time from a visit to the total that includes it, through HTTP, the stream and the projector. */
export const benchVisible = async ({ plan, folder }: Bench): Promise<Findings> => {
  const dataFolder = join(folder, 'visible');
  const place = { port: 0, dataFolder, pageFolder: 'examples/resume' };
  const env = { NEW_SESSIONS_PER_HOUR: '0' }; // All visitors have one address.
  const counter = await startLocalCounter({ ...place, loadWidget: buildWidget, env });
  const visits = VISITS_A_SECOND * plan.visibleSeconds;
  const sentAt: number[] = [];
  const seen = watchTotal(counter.url, visits, sentAt);
  await sendVisits(counter.url, visits, sentAt);
  const latency = await seen;
  await counter.stop();
  const p99 = latency.percentile(99);
  const row: Row = {
    'p99 of a second': round(p99 / 1_000),
    'p50 ms': latency.percentile(50),
    'p99 ms': p99,
    ...{ visits, 'a second': VISITS_A_SECOND, counted: latency.count() },
  };
  return {
    title: 'From a visit to a changed total',
    rows: [row],
    goals: [
      {
        ...{ goal: 'every visit becomes visible', kind: 'counted' },
        ...{ isMet: latency.count() === visits, measured: `${latency.count()} of ${visits}` },
      },
      {
        ...{ goal: 'p99 below a second at 200 visits a second', kind: 'timed' },
        ...{ isMet: p99 < 1_000, measured: `${p99} ms` },
      },
    ],
  };
};

/** Sends visits on schedule, whether or not previous ones are answered. */
const sendVisits = async (url: string, visits: number, sentAt: number[]): Promise<void> => {
  const startedAt = performance.now();
  const answers: Promise<unknown>[] = [];
  for (let visit = 0; visit < visits; visit += 1) {
    const dueMs = startedAt + (visit * 1_000) / VISITS_A_SECOND - performance.now();
    if (dueMs > 0) await setTimeout(dueMs);
    sentAt.push(performance.now());
    answers.push(sendVisit(url, visit));
  }
  await Promise.all(answers);
};

const sendVisit = async (url: string, visit: number): Promise<void> => {
  const headers = { 'user-agent': browserNumber(visit) };
  const response = await fetch(`${url}/sessions`, { method: 'POST', headers });
  await response.text();
  if (response.status !== 202) throw new Error(`A visit was answered ${response.status}`);
};

/** Polls the total until it includes all visits; returns how long each took to be included. */
const watchTotal = async (url: string, visits: number, sentAt: readonly number[]) => {
  const latency = createLatency();
  const endMs = performance.now() + (visits / VISITS_A_SECOND) * 1_000 + TIMEOUT_MS;
  while (latency.count() < visits && performance.now() < endMs) {
    const response = await fetch(`${url}/counts`);
    const { unique_session_count: total } = (await response.json()) as Record<string, number>;
    const now = performance.now();
    // All visits are new, so the total includes the first ones, or those that overtook them.
    for (let visit = latency.count(); visit < (total ?? 0); visit += 1) {
      latency.record(now - (sentAt[visit] ?? now));
    }
    await setTimeout(LOOK_MS);
  }
  return latency;
};
