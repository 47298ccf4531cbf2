import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createMeter } from '../metrics/meter.ts';
import type { Log } from '../runtime/log.ts';
import type { IngestSettings } from '../settings/settings.ts';
import { upsertSession } from '../tables/upsert-session.ts';
import { type CountVisit, createCountVisit } from './count-visit.ts';
import { createPrepareVisits } from './prepare-visits.ts';
import { createReadKey } from './read-key.ts';
import { createSessionHasherSource, type SessionHasherSource } from './session-hasher-source.ts';
import { withVisitMetrics } from './with-visit-metrics.ts';

/** What a function that counts visits is made of; its parts share one key. */
export interface VisitCounter {
  /** Counts a visit in the sessions table and emits its metrics. Throws what writing the row throws. */
  readonly countVisit: CountVisit;
  readonly hasherSource: SessionHasherSource;
  /** Does before the first visit what that would otherwise wait for. */
  readonly prepare: () => Promise<unknown>;
}

/** Counts visits by these settings; the same for every function that counts. */
export const createVisitCounter = (
  settings: IngestSettings,
  client: DynamoDBDocumentClient,
  log: Log,
): VisitCounter => {
  const hasherSource = createSessionHasherSource(settings.hash, createReadKey(client), log);
  const countVisit = createCountVisit({
    settings,
    hasherSource,
    upsert: upsertSession.bind(undefined, client, settings.sessionsTable),
    now: Date.now,
  });
  return {
    countVisit: withVisitMetrics(countVisit, createMeter(settings.counterName)),
    hasherSource,
    prepare: createPrepareVisits(settings, client, hasherSource),
  };
};
