import fc from 'fast-check';
import { expect, it } from 'vitest';
import { REFUSAL_REASONS, type RefusalReason } from '../../src/domain/refusal-reason.ts';
import { parseHttpRequest } from '../../src/http/http-request.ts';
import type { VisitOutcome } from '../../src/ingest/visit-outcome.ts';
import { withVisitMetrics } from '../../src/ingest/with-visit-metrics.ts';
import type { Meter } from '../../src/metrics/meter.ts';
import { httpApiEvent } from '../support/api-events.ts';

const request = parseHttpRequest(httpApiEvent());

type End = 'counted' | RefusalReason;

/** The sums of all metrics after requests with these outcomes; a refusal under `Refused:<reason>`. */
const measure = async (requests: readonly (readonly End[])[]) => {
  const sums: Record<string, number> = {};
  const meter: Meter = (measurements, reason) => {
    for (const [name, value] of Object.entries(measurements)) {
      const key = reason ? `${name}:${reason}` : name;
      sums[key] = (sums[key] ?? 0) + value;
    }
  };
  for (const ends of requests) {
    const outcomes = new Map(ends.map((end, index) => [`counter-${index}`, endVisit(end)]));
    await withVisitMetrics(async () => outcomes, meter)(request, [...outcomes.keys()]);
  }
  return sums;
};

const endVisit = (end: End): VisitOutcome => {
  if (end === 'failure') return { error: new Error('DynamoDB is away') };
  return end === 'counted' ? { effect: undefined } : end;
};

it('each visit in a counter is either counted or refused for one reason, so the sums add up', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.constantFrom<End>('counted', ...REFUSAL_REASONS), { minLength: 1 })),
      async (requests) => {
        const { Visits = 0, Counted = 0, ...refused } = await measure(requests);
        const refusals = Object.values(refused).reduce((sum, number) => sum + number, 0);
        expect({ Visits, sum: Counted + refusals }).toEqual({
          Visits: requests.flat().length,
          sum: requests.flat().length,
        });
      },
    ),
  );
});

it('a refusal is measured under its reason', async () => {
  expect(await measure([['bot'], ['counted'], ['origin'], ['bot'], ['failure']])).toEqual({
    ...{ Visits: 5, Counted: 1 },
    ...{ 'Refused:bot': 2, 'Refused:origin': 1, 'Refused:failure': 1 },
  });
});

it('a refused script has the rule that found it in its line, and other visits have none', async () => {
  const lines: object[] = [];
  const meter: Meter = (measurements, reason, properties) =>
    lines.push({ ...measurements, reason, properties });
  const chrome = 'Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0';
  const script = parseHttpRequest(httpApiEvent({ userAgent: chrome }));
  for (const end of ['automation', 'bot'] as const) {
    const outcomes = new Map([['site', endVisit(end)]]);
    await withVisitMetrics(async () => outcomes, meter)(script, ['site']);
  }
  expect(lines).toEqual([
    { Visits: 1, Counted: 0 },
    { Refused: 1, reason: 'automation', properties: { rule: 'no-browser-headers' } },
    { Visits: 1, Counted: 0 },
    { Refused: 1, reason: 'bot', properties: {} },
  ]);
});

it('a request for several counters is a visit of each, and one line for each reason', async () => {
  const lines: object[] = [];
  const ends: End[] = ['counted', 'failure', 'unknown-counter', 'failure'];
  const outcomes = new Map(ends.map((end, index) => [`counter-${index}`, endVisit(end)]));
  const meter: Meter = (measurements, reason) => lines.push({ ...measurements, reason });
  const visits = withVisitMetrics(async () => outcomes, meter);
  expect(await visits(request, [...outcomes.keys()])).toBe(outcomes);
  expect(lines).toEqual([
    { Visits: 4, Counted: 1 },
    { Refused: 2, reason: 'failure' },
    { Refused: 1, reason: 'unknown-counter' },
  ]);
});
