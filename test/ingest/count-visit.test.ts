import { describe, expect, it } from 'vitest';
import type { SessionTouch } from '../../src/domain/session-touch.ts';
import { parseHttpRequest } from '../../src/http/http-request.ts';
import { createCountVisit } from '../../src/ingest/count-visit.ts';
import { respondToVisit } from '../../src/ingest/visit-outcome.ts';
import { httpApiEvent, type RequestFacts } from '../support/api-events.ts';
import { NOW, NOW_MS } from '../support/stream-records.ts';

const KEY = 'k'.repeat(32);

interface Setup {
  readonly allowedOrigins?: string[];
  readonly hasKey?: boolean;
}

const visit = async (facts: RequestFacts, { allowedOrigins, hasKey = true }: Setup = {}) => {
  const written: SessionTouch[] = [];
  const countVisit = createCountVisit({
    settings: {
      allowedOrigins: allowedOrigins ?? '*',
      filters: { bots: true, prefetches: true, optOuts: true },
      rules: { activeShards: 4, retentionDays: 395, touchIntervalSeconds: 0 },
    },
    hasherSource: async () => (hasKey ? { scheme: 'hmac-sha256', key: KEY } : undefined),
    upsert: async (touch) => void written.push(touch),
    now: () => NOW_MS,
  });
  const { statusCode, body } = respondToVisit(
    await countVisit(parseHttpRequest(httpApiEvent(facts))),
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
