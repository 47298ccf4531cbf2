import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createMeter } from '../metrics/meter.ts';
import type { IngestSettings } from '../settings/settings.ts';
import { upsertSession } from '../tables/upsert-session.ts';
import { type CountVisit, createCountVisit } from './count-visit.ts';
import type { SessionHasherSource } from './session-hasher-source.ts';
import { withVisitMetrics } from './with-visit-metrics.ts';

/**
 * Counts visits in the sessions table and emits their metrics; the same for every function that counts.
 * Throws what writing the row throws.
 */
export const createVisitCounter = (
  settings: IngestSettings,
  client: DynamoDBDocumentClient,
  hasherSource: SessionHasherSource,
): CountVisit => {
  const countVisit = createCountVisit({
    settings,
    hasherSource,
    upsert: upsertSession.bind(undefined, client, settings.sessionsTable),
    now: Date.now,
  });
  return withVisitMetrics(countVisit, createMeter(settings.counterName));
};
