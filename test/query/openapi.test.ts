import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createIngestHandler } from '../../src/ingest/ingest-handler.ts';
import { OPENAPI } from '../../src/query/openapi.ts';
import { createQueryHandler } from '../../src/query/query-handler.ts';
import { setBaseline } from '../../src/tables/set-baseline.ts';
import { httpApiEvent } from '../support/api-events.ts';
import { browser, chrome } from '../support/browsers.ts';
import { useDatabase } from '../support/embedded-database.ts';

const database = useDatabase();
const ORIGIN = 'https://a.example';

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
ajv.addSchema({ $id: 'api', ...OPENAPI });

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly userAgent?: string;
  readonly settings?: Record<string, string>;
}

const ask = async ({ query = {}, settings = {}, ...facts }: Asked) => {
  const { client, tables } = database();
  const env = { ...tables, HASH_KEY: 'k'.repeat(32), ALLOWED_ORIGINS: ORIGIN, ...settings };
  const handler = facts.path.startsWith('/sessions')
    ? createIngestHandler(env, client)
    : createQueryHandler(env, client, 'export {};');
  return handler({ ...httpApiEvent(facts), queryStringParameters: query });
};

/** The description of a response; fails when there is none. */
const described = (path: string, method: string, status: number) => {
  const paths: Record<
    string,
    Record<string, { responses: Record<number, object> }>
  > = OPENAPI.paths;
  const response = paths[path]?.[method.toLowerCase()]?.responses[status];
  expect({ path, method, status, isDescribed: response !== undefined }).toMatchObject({
    isDescribed: true,
  });
  return response as { content?: Record<string, { schema: object }> };
};

const away = { SESSIONS_TABLE: 'away', COUNTS_TABLE: 'gone' };
const several = { COUNTERS: 'about,blog/*' };
const baselines = { COUNTERS: 'old,older' };
const COUNTERS = { COUNTERS: 'blog/*' };
const FULL = { ...COUNTERS, MAX_COUNTERS: '1' };
// Names that patterns match cannot be read.
const GONE = { COUNTS_TABLE: 'gone' };
const edge = { EDGE_SECRET: 's'.repeat(32) };
// Nobody answers there.
const edgeAway = { EDGE_SECRET_ID: 'away' };
const unread = { settings: edgeAway, headers: { 'x-counter-edge-secret': 's'.repeat(32) } };
const visits = { method: 'POST', path: '/sessions' };
const forget = { method: 'DELETE', path: '/sessions/me' };
const counts = { method: 'GET', path: '/counts' };
const history = { method: 'GET', path: '/history' };
const badge = { method: 'GET', path: '/badge.svg' };
const widget = { method: 'GET', path: '/widget.js' };

const openApi = { method: 'GET', path: '/openapi.json' };

const EXAMPLES: readonly (Asked & { readonly status: number })[] = [
  { ...visits, status: 202 },
  { ...visits, status: 202, headers: { origin: ORIGIN } },
  {
    ...visits,
    status: 202,
    headers: { origin: ORIGIN },
    settings: { TOUCH_INTERVAL_SECONDS: '9' },
  },
  { ...visits, status: 202, userAgent: 'curl/8' },
  { ...visits, status: 202, userAgent: chrome() },
  { ...visits, status: 202, headers: { 'sec-purpose': 'prefetch' } },
  { ...visits, status: 202, headers: { dnt: '1' } },
  { ...visits, status: 403, headers: { origin: 'https://b.example' } },
  { ...visits, status: 503, settings: away },
  { ...visits, status: 202, query: { counter: 'blog/a' }, settings: COUNTERS },
  { ...visits, status: 202, query: { counter: 'blog/b' }, settings: FULL },
  { ...visits, status: 202, query: { counter: 'site,blog/a,shop' }, settings: COUNTERS },
  {
    ...visits,
    status: 202,
    query: { counter: 'site,blog/b' },
    settings: FULL,
    headers: { origin: ORIGIN },
  },
  { ...visits, status: 202, query: { counter: 'site,blog/a' }, userAgent: 'curl/8' },
  { ...visits, status: 503, query: { counter: 'site,blog/c' }, settings: { ...COUNTERS, ...GONE } },
  { ...visits, status: 202, query: { counter: 'site,a b' } },
  { ...visits, status: 400, query: { counter: 'a b' } },
  { ...visits, status: 404, query: { counter: 'blog/a' } },
  { ...forget, status: 204 },
  { ...forget, status: 204, query: { counter: 'site,blog/a' }, settings: COUNTERS },
  { ...forget, status: 400, query: { counter: 'a b,,' } },
  { ...forget, status: 403, headers: { origin: 'https://b.example' } },
  { ...forget, status: 503, settings: away },
  { ...counts, status: 200 },
  { ...counts, status: 200, query: { counter: 'blog/first' }, settings: several },
  { ...counts, status: 200, query: { counter: 'site,blog/first' }, settings: several },
  { ...counts, status: 200, query: { counter: 'site', total: 'about' }, settings: several },
  { ...counts, status: 200, query: { counter: 'old' }, settings: baselines },
  { ...counts, status: 200, query: { counter: 'older,site', total: 'old' }, settings: baselines },
  { ...counts, status: 400, query: { counter: 'a b' } },
  { ...counts, status: 404, query: { counter: 'unknown' } },
  { ...counts, status: 503, settings: away },
  { ...history, status: 200 },
  { ...history, status: 200, query: { days: '90' } },
  { ...history, status: 200, query: { by: 'month' } },
  { ...history, status: 400, query: { days: 'x' } },
  { ...history, status: 404, query: { counter: 'unknown' } },
  { ...history, status: 503, settings: away },
  { ...badge, status: 200 },
  { ...badge, status: 200, query: { metric: 'active', label: 'now', color: 'f60' } },
  { ...badge, status: 400, query: { color: 'reddish' } },
  { ...badge, status: 200, query: { counter: 'blog/first' }, settings: several },
  { ...badge, status: 404, query: { counter: 'unknown' } },
  { ...badge, status: 503, settings: away },
  { ...widget, status: 200 },
  { ...widget, status: 200, headers: { 'accept-encoding': 'gzip' } },
  { ...widget, status: 304, headers: { 'if-none-match': '*' } },
  { ...openApi, status: 200 },
  ...[visits, forget, counts, history, badge, widget, openApi].flatMap((request) => [
    { ...request, status: 403, settings: edge },
    { ...request, ...unread, status: 503 },
  ]),
];

beforeAll(async () => {
  vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', 'http://127.0.0.1:9');
  const { client, tables } = database();
  await setBaseline(client, tables.COUNTS_TABLE, 'old', { sessions: 7, since: '2019-03-01' });
  await setBaseline(client, tables.COUNTS_TABLE, 'older', { sessions: 7 });
  return () => vi.unstubAllEnvs();
});

describe('the description of the API', () => {
  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(OPENAPI));
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
  });

  it.each(EXAMPLES)('holds for $status to $method $path $query', async ({ status, ...asked }) => {
    const { statusCode, headers, body } = await ask(asked);
    expect(statusCode).toBe(status);
    const { content } = described(asked.path, asked.method, status);
    if (content === undefined) {
      expect(body).toBe('');
      return;
    }
    const [type = '', { schema } = { schema: {} }] = Object.entries(content)[0] ?? [];
    expect(headers['Content-Type']).toContain(type);
    if (type !== 'application/json') return;
    const validate = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('#/', 'api#/')));
    validate(JSON.parse(body));
    expect(validate.errors).toBeNull();
  });

  it('holds for visits that are refused as rate', async () => {
    const { client, tables } = database();
    const settings = { HASH_KEY: 'k'.repeat(32), NEW_SESSIONS_PER_HOUR: '1', ...COUNTERS };
    const ingest = createIngestHandler({ ...tables, ...settings }, client);
    const validate = ajv.compile({ $ref: 'api#/components/schemas/Visit' });
    const visit = async (counter: string, userAgent: string) => {
      const event = httpApiEvent({ userAgent });
      const { body } = await ingest({ ...event, queryStringParameters: { counter } });
      return JSON.parse(body);
    };
    await visit('site,blog/a', browser(1));
    const refused = { counted: false, reason: 'rate' };
    const answers = [await visit('site', browser(2)), await visit('site,blog/a', browser(2))];
    expect(answers).toEqual([refused, { counters: { site: refused, 'blog/a': refused } }]);
    for (const answer of answers) {
      validate(answer);
      expect(validate.errors).toBeNull();
    }
  });

  it('contains nothing that no example above covers', () => {
    const listed = Object.entries(OPENAPI.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { responses }]) =>
        Object.keys(responses).map((status) => `${method.toUpperCase()} ${path} ${status}`),
      ),
    );
    const shown = EXAMPLES.map(({ method, path, status }) => `${method} ${path} ${status}`);
    expect([...new Set(listed)].sort()).toEqual([...new Set(shown)].sort());
  });
});
