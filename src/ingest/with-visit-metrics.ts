import { findAutomation } from '../domain/automation.ts';
import type { RefusalReason } from '../domain/refusal-reason.ts';
import type { HttpRequest } from '../http/http-request.ts';
import type { Meter, Properties } from '../metrics/meter.ts';
import { METRIC, RULE_PROPERTY } from '../metrics/metric-names.ts';
import type { CountVisits } from './count-visits.ts';
import { reasonOf, type VisitOutcome } from './visit-outcome.ts';

/**
 * `countVisits` with metrics, as sums over all counters: a request for two counters is two visits. Each is either
 * counted or refused for one reason, so the sums add up. A visit that times out is measured at that moment, or
 * when its container is resumed, if ever. The line of a refused script also has the rule that found it.
 */
export const withVisitMetrics =
  (countVisits: CountVisits, meter: Meter): CountVisits =>
  async (request, counters, signal) => {
    const outcomes = await countVisits(request, counters, signal);
    emitVisits(meter, request, [...outcomes.values()]);
    return outcomes;
  };

const emitVisits = (
  meter: Meter,
  request: HttpRequest,
  outcomes: readonly VisitOutcome[],
): void => {
  const reasons = outcomes.flatMap((outcome) => reasonOf(outcome) ?? []);
  meter({ [METRIC.visits]: outcomes.length, [METRIC.counted]: outcomes.length - reasons.length });
  for (const [reason, refused] of countEach(reasons)) {
    meter({ [METRIC.refused]: refused }, reason, propertiesOf(reason, request));
  }
};

const propertiesOf = (reason: RefusalReason, { headers, visitor }: HttpRequest): Properties => {
  const rule = reason === 'automation' && findAutomation(visitor.userAgent, headers);
  return rule ? { [RULE_PROPERTY]: rule } : {};
};

const countEach = (reasons: readonly RefusalReason[]): Map<RefusalReason, number> => {
  const counts = new Map<RefusalReason, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return counts;
};
