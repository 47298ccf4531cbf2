import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createMeter } from '../metrics/meter.ts';
import type { IngestSettings } from '../settings/settings.ts';
import { upsertSession } from '../tables/upsert-session.ts';
import type { AdmitCounter } from './admit-counter.ts';
import { type CountVisits, createCountVisits } from './count-visits.ts';
import type { SessionHasherSource } from './session-hasher-source.ts';
import { withVisitMetrics } from './with-visit-metrics.ts';

export interface VisitCounterDependencies {
  readonly client: DynamoDBDocumentClient;
  readonly hasherSource: SessionHasherSource;
  readonly admit: AdmitCounter;
}

/**
 * Counts visits in the sessions table and emits their metrics; the same for every function that counts.
 */
export const createVisitCounter = (
  settings: IngestSettings,
  { client, hasherSource, admit }: VisitCounterDependencies,
): CountVisits => {
  const upsert = upsertSession.bind(undefined, client, settings.sessionsTable);
  const countVisits = createCountVisits({
    ...{ settings, hasherSource, admit, upsert },
    now: Date.now,
  });
  return withVisitMetrics(countVisits, createMeter(settings.counterName));
};
