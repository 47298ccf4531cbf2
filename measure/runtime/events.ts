import type { BundleName } from '../../infra/bundling/bundle-names.ts';
import { createRequest } from '../../proof/deployment/resource-request.ts';
import { COUNTS_PATH, LEGACY_PATH, SESSIONS_PATH } from '../../src/http/paths.ts';
import { httpApiEvent } from '../../test/support/api-events.ts';
import { inserted } from '../../test/support/stream-records.ts';

/** The events of one function; each time the next one. */
export type NextEvent = () => object;

let events = 0;

const nextNumber = (): number => {
  events += 1;
  return events;
};

// Each record once: the projector would skip one that it has counted. And of today: no row belongs to it, which the audit
// would report of earlier days.
const nextBatch = () => ({
  shardId: 'shard-a',
  Records: [inserted(nextNumber(), new Date().toISOString())],
});

/** What the events contain of the deployment. */
export interface EventFacts {
  /** Where CloudFormation takes the responses of custom resources. */
  readonly responseUrl: string;
  readonly sessionsTable: string;
}

const EVENTS: Readonly<Record<BundleName, (facts: EventFacts) => object>> = {
  ingest: () => httpApiEvent({ path: SESSIONS_PATH }),
  projector: nextBatch,
  query: () => httpApiEvent({ method: 'GET', path: COUNTS_PATH }),
  legacy: () => httpApiEvent({ method: 'GET', path: LEGACY_PATH }),
  reporter: () => ({}),
  audit: () => ({}),
  digest: () => ({}),
  // A new parameter each time: one that exists is used as it is.
  'hash-key': ({ responseUrl }) =>
    createRequest(responseUrl, { ParameterName: `/key/${nextNumber()}` }),
  'active-shards': ({ responseUrl, sessionsTable }) =>
    createRequest(responseUrl, { ActiveShards: '1', SessionsTable: sessionsTable }),
};

/** The usual events of a function; `{}` for a bundle that is none of ours. */
export const eventsOf = (name: string, facts: EventFacts): NextEvent => {
  const create = EVENTS[name as BundleName] as (typeof EVENTS)[BundleName] | undefined;
  return () => create?.(facts) ?? {};
};
