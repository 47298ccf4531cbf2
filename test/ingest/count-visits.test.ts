import { describe, expect, it } from 'vitest';
import { SITE } from '../../src/domain/counter-name.ts';
import { NO_LIMIT } from '../../src/domain/new-session-limit.ts';
import type { SessionTouch } from '../../src/domain/session-touch.ts';
import type { SessionBefore } from '../../src/domain/visit-effect.ts';
import { parseHttpRequest } from '../../src/http/http-request.ts';
import { createCountVisits } from '../../src/ingest/count-visits.ts';
import { respondToVisits } from '../../src/ingest/respond-to-visits.ts';
import { httpApiEvent, type RequestFacts } from '../support/api-events.ts';
import { chrome } from '../support/browsers.ts';
import { NOW, NOW_MS } from '../support/stream-records.ts';

const KEY = 'k'.repeat(32);

interface Setup {
  readonly allowedOrigins?: string[];
  readonly hasKey?: boolean;
  /** The row before the visit. */
  readonly before?: SessionBefore;
}

const visit = async (
  facts: RequestFacts,
  { allowedOrigins, hasKey = true, before }: Setup = {},
) => {
  const written: SessionTouch[] = [];
  const countVisits = createCountVisits({
    settings: {
      allowedOrigins: allowedOrigins ?? '*',
      filters: { bots: true, automation: true, prefetches: true, optOuts: true },
      rules: { activeShards: 4, retentionDays: 395, touchIntervalSeconds: 0 },
      activeWindowMinutes: 60,
    },
    hasherSource: async () => (hasKey ? { scheme: 'hmac-sha256', key: KEY } : undefined),
    admit: async () => undefined,
    newSessionLimit: NO_LIMIT,
    upsert: async (touch) => {
      written.push(touch);
      return before;
    },
    now: () => NOW_MS,
  });
  const { statusCode, body } = respondToVisits(
    await countVisits(parseHttpRequest(httpApiEvent(facts)), [SITE]),
  );
  return { statusCode, body: JSON.parse(body), written };
};

describe('a visit', () => {
  it('gets a 202 once its session row is written', async () => {
    const { statusCode, body, written } = await visit({});
    expect({ statusCode, body }).toEqual({ statusCode: 202, body: { counted: true } });
    expect(written).toMatchObject([
      { seenAt: NOW, sessionHash: expect.stringMatching(/^[\w-]{22}$/) },
    ]);
  });

  it.each([
    { reason: 'bot', facts: { userAgent: 'curl/8.5.0' } },
    { reason: 'automation', facts: { userAgent: chrome() } },
    { reason: 'prefetch', facts: { headers: { 'Sec-Purpose': 'prefetch' } } },
    { reason: 'opt-out', facts: { headers: { 'Sec-GPC': '1' } } },
  ])('filtered for $reason gets a 202 without a write', async ({ reason, facts }) => {
    expect(await visit(facts)).toEqual({
      statusCode: 202,
      body: { counted: false, reason },
      written: [],
    });
  });

  it('from an origin that is not allowed gets a 403 without a write', async () => {
    const setup = { allowedOrigins: ['https://a.example'] };
    const refused = await visit({ headers: { origin: 'https://b.example' } }, setup);
    expect(refused).toMatchObject({ statusCode: 403, written: [] });
    expect(refused.body.message).toContain('origin');
    // A page in a sandboxed frame has this origin, whatever site it is from.
    expect(await visit({ headers: { origin: 'null' } }, setup)).toEqual(refused);
    expect(await visit({ headers: { origin: 'https://a.example' } }, setup)).toMatchObject({
      statusCode: 202,
    });
    expect(await visit({}, setup)).toMatchObject({ statusCode: 202 });
  });

  it('gets a 503 without a write while there is no key', async () => {
    const keyless = await visit({}, { hasKey: false });
    expect(keyless).toMatchObject({ statusCode: 503, written: [] });
    expect(keyless.body.message).toContain('key');
  });

  it('is identified by the request context, not by what the client sends', async () => {
    const hashOf = async (facts: RequestFacts) => (await visit(facts)).written[0]?.sessionHash;
    const honest = await hashOf({});
    const forged = { 'x-forwarded-for': '198.51.100.9', 'user-agent': 'other' };
    expect(await hashOf({ headers: forged })).toBe(honest);
    expect(await hashOf({ address: '198.51.100.9' })).not.toBe(honest);
  });
});

describe('the effect of a visit', () => {
  const allowedOrigins = ['https://a.example', 'https://b.example'];
  const headers = { origin: 'https://b.example' };

  it('is told to a page of a configured origin', async () => {
    expect((await visit({ headers }, { allowedOrigins })).body).toEqual({
      counted: true,
      ...{ new_session: true, was_active: false, counted_since: NOW, active_since: NOW },
    });
  });

  it('is told without the time of a first visit that is long ago', async () => {
    const lastSeen = new Date(NOW_MS - 1_000).toISOString();
    const before = { firstSeen: '2026-01-01T00:00:00.000Z', lastSeen };
    const { body } = await visit({ headers }, { allowedOrigins, before });
    expect(body).toEqual({ counted: true, new_session: false, was_active: true });
  });

  it('is not told if it is unknown, because the write was repeated', async () => {
    const before = { firstSeen: '2026-01-01T00:00:00.000Z', lastSeen: NOW };
    const { body } = await visit({ headers }, { allowedOrigins, before });
    expect(body).toEqual({ counted: true });
  });

  const before = { firstSeen: NOW.replace('T18', 'T17'), lastSeen: NOW.replace('T18', 'T17') };
  it.each([
    { to: 'a page of any origin if all are allowed', facts: { headers }, setup: {} },
    { to: 'a client that sends no origin', facts: {}, setup: { allowedOrigins } },
    {
      to: 'a page of another origin',
      facts: { headers: { origin: 'https://c.example' } },
      setup: { allowedOrigins },
    },
  ])('is not told to $to, whether or not it has visited before', async ({ facts, setup }) => {
    const { statusCode, body } = await visit(facts, setup);
    expect(await visit(facts, { ...setup, before })).toMatchObject({ statusCode, body });
    expect(Object.keys(body)).toHaveLength(1);
  });
});
