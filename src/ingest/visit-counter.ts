import { randomBytes } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  createNewSessionLimit,
  type NewSessionLimit,
  NO_LIMIT,
} from '../domain/new-session-limit.ts';
import type { OpenMeter } from '../metrics/meter.ts';
import type { Log } from '../runtime/log.ts';
import type { IngestSettings } from '../settings/settings.ts';
import { upsertSession } from '../tables/upsert-session.ts';
import type { AdmitCounter } from './admit-counter.ts';
import { type CountVisits, createCountVisits } from './count-visits.ts';
import { createPrepareVisits } from './prepare-visits.ts';
import { createReadKey } from './read-key.ts';
import { createSessionHasherSource, type SessionHasherSource } from './session-hasher-source.ts';
import { withVisitMetrics } from './with-visit-metrics.ts';

/** What a function that counts visits is made of; its parts share one key. */
export interface VisitCounter {
  /** Counts a visit in the sessions table and emits its metrics. */
  readonly countVisits: CountVisits;
  readonly hasherSource: SessionHasherSource;
  /** Does before the first visit what that would otherwise wait for. */
  readonly prepare: () => Promise<unknown>;
}

export interface VisitCounterDependencies {
  readonly client: DynamoDBDocumentClient;
  readonly log: Log;
  readonly admit: AdmitCounter;
  readonly openMeter: OpenMeter;
}

/** Counts visits by these settings; the same for every function that counts. */
export const createVisitCounter = (
  settings: IngestSettings,
  { client, log, admit, openMeter }: VisitCounterDependencies,
): VisitCounter => {
  const hasherSource = createSessionHasherSource(settings.hash, createReadKey(client), log);
  const upsert = upsertSession.bind(undefined, client, settings.sessionsTable);
  const countVisits = createCountVisits({
    ...{ settings, hasherSource, admit, upsert },
    newSessionLimit: createLimit(settings),
    now: Date.now,
  });
  return {
    countVisits: withVisitMetrics(countVisits, openMeter(settings.counterName)),
    hasherSource,
    prepare: createPrepareVisits(settings, client, hasherSource),
  };
};

const KEY_BYTES = 32;

/** The limit of this container, with a key that nothing else knows. */
const createLimit = ({ newSessionsPerHour }: IngestSettings): NewSessionLimit =>
  newSessionsPerHour === 0
    ? NO_LIMIT
    : createNewSessionLimit({
        ...{ perHour: newSessionsPerHour, key: randomBytes(KEY_BYTES), now: Date.now },
      });
