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

/** The sums of all metrics after visits with these outcomes; a refusal under `Refused:<reason>`. */
const measure = async (ends: readonly End[]) => {
  const sums: Record<string, number> = {};
  const meter: Meter = (measurements, reason) => {
    for (const [name, value] of Object.entries(measurements)) {
      const key = reason ? `${name}:${reason}` : name;
      sums[key] = (sums[key] ?? 0) + value;
    }
  };
  for (const end of ends) {
    const visit = withVisitMetrics(async () => endVisit(end), meter);
    await visit(request).catch(() => undefined);
  }
  return sums;
};

const endVisit = (end: End): VisitOutcome => {
  if (end === 'failure') throw new Error('DynamoDB is away');
  return end === 'counted' ? { effect: undefined } : end;
};

it('each visit is either counted or refused for one reason, so the sums add up', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom<End>('counted', ...REFUSAL_REASONS)),
      async (ends) => {
        const { Visits = 0, Counted = 0, ...refused } = await measure(ends);
        const refusals = Object.values(refused).reduce((sum, number) => sum + number, 0);
        expect({ Visits, sum: Counted + refusals }).toEqual({
          Visits: ends.length,
          sum: ends.length,
        });
      },
    ),
  );
});

it('a refusal is measured under its reason', async () => {
  expect(await measure(['bot', 'counted', 'origin', 'bot', 'failure'])).toEqual({
    ...{ Visits: 5, Counted: 1 },
    ...{ 'Refused:bot': 2, 'Refused:origin': 1, 'Refused:failure': 1 },
  });
});

it('a failure is rethrown, so that the browser gets an error', async () => {
  const visit = withVisitMetrics(
    async () => endVisit('failure'),
    () => undefined,
  );
  await expect(visit(request)).rejects.toThrow('DynamoDB is away');
});
