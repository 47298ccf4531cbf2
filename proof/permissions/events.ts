import type { BundleName } from '../../infra/bundling/bundle-names.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import {
  BADGE_PATH,
  COUNTS_PATH,
  HISTORY_PATH,
  LEGACY_PATH,
  OPENAPI_PATH,
  OWN_SESSION_PATH,
  SESSIONS_PATH,
  WIDGET_PATH,
} from '../../src/http/paths.ts';
import { httpApiEvent } from '../../test/support/api-events.ts';
import { inCounter, inserted, insertedFrom, removed } from '../../test/support/stream-records.ts';
import { createRequest } from '../deployment/resource-request.ts';
import type { Deployment } from './deployment.ts';

/** What the events contain of the deployment. */
export type EventFacts = Pick<Deployment, 'sessionsTable' | 'keyParameter' | 'deletesKey'> & {
  /** Where CloudFormation takes the responses of custom resources. */
  readonly responseUrl: string;
};

const SEVERAL = `${SITE},about,blog/a,blog/b`;

const request = (method: string, path: string, query?: Readonly<Record<string, string>>) => ({
  ...httpApiEvent({ method, path }),
  ...(query && { queryStringParameters: query }),
});

const VISITS = [
  ...[undefined, undefined, { counter: SEVERAL }, { counter: SEVERAL }, { counter: 'unknown' }].map(
    (query) => request('POST', SESSIONS_PATH, query),
  ),
  request('DELETE', OWN_SESSION_PATH),
  request('DELETE', OWN_SESSION_PATH, { counter: SEVERAL }),
];

const READS = [
  request('GET', COUNTS_PATH),
  request('GET', COUNTS_PATH, { counter: 'about,blog/a', total: SITE }),
  request('GET', COUNTS_PATH, { counter: 'unknown' }),
  ...[HISTORY_PATH, BADGE_PATH].flatMap((path) => [
    request('GET', path),
    request('GET', path, { counter: 'about' }),
  ]),
  ...[WIDGET_PATH, OPENAPI_PATH, '/nothing'].map((path) => request('GET', path)),
];

const batch = (Records: readonly object[], shardId = 'shard-a') => ({ shardId, Records });

const BATCHES = [
  batch(insertedFrom(1, 3)),
  // The same records again, and some of them with others.
  ...[batch(insertedFrom(1, 3)), batch(insertedFrom(2, 5))],
  batch([removed(6), inCounter('about', inserted(7)), inCounter('blog/a', inserted(8))]),
  batch([{}, { eventName: 'INSERT', dynamodb: { SequenceNumber: 'malformed' } }]),
  batch([inserted(1)], 'shard-b'),
];

// Without its shard a batch cannot be counted, and Lambda would send it again.
const POISON = { Records: [inserted(9)] };

const resourceRequests = (
  { responseUrl }: EventFacts,
  properties: Readonly<Record<string, string>>,
  id: string,
): object[] => {
  const create = createRequest(responseUrl, properties);
  const known = { ...create, PhysicalResourceId: id };
  const update = { ...known, RequestType: 'Update', OldResourceProperties: properties };
  // Lambda repeats a request whose response was lost.
  return [create, create, update, { ...known, RequestType: 'Delete' }];
};

const keyRequests = (facts: EventFacts): object[] => {
  const name = facts.keyParameter ?? '';
  const requests = resourceRequests(facts, { ParameterName: name }, `${name} (made)`);
  return facts.deletesKey ? requests : requests.slice(0, -1);
};

const EVENTS: Readonly<Record<BundleName, (facts: EventFacts) => readonly object[]>> = {
  ingest: () => VISITS,
  projector: () => [...BATCHES, POISON],
  query: () => READS,
  legacy: () => [LEGACY_PATH, LEGACY_PATH].map((path) => request('GET', path)),
  reporter: () => [{}, {}],
  audit: () => [{}],
  digest: () => [{}],
  'hash-key': keyRequests,
  'active-shards': (facts) => {
    const properties = { ActiveShards: '1', SessionsTable: facts.sessionsTable };
    return resourceRequests(facts, properties, 'active-shards');
  },
};

/** One event of each kind that a function gets, in a useful order. */
export const eventsOf = (name: string, facts: EventFacts): readonly object[] =>
  EVENTS[name as BundleName](facts);

/** Whether a function must fail with this event. */
export const isPoison = (event: object): boolean => event === POISON;
