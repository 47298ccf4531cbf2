import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Baseline } from '../../src/domain/baseline.ts';
import { EMPTY_COUNTER } from '../../src/domain/counter.ts';
import { NO_OTHER_COUNTERS } from '../../src/domain/counter-name.ts';
import { parseHttpRequest } from '../../src/http/http-request.ts';
import { createReadBadge } from '../../src/query/read-badge.ts';
import { httpApiEvent } from '../support/api-events.ts';
import { readersOf } from '../support/readers.ts';

const readBadge = async (query: Record<string, string> = {}, baseline?: Baseline) => {
  const counter = { value: { ...EMPTY_COUNTER, total: 1_234, baseline } };
  const readers = readersOf({ counter, active: { value: 5 } });
  const route = createReadBadge({ readers, list: NO_OTHER_COUNTERS });
  const event = { ...httpApiEvent({ method: 'GET' }), queryStringParameters: query };
  return route(parseHttpRequest(event));
};

const titleOf = (svg: string) => /<title>(.*)<\/title>/.exec(svg)?.[1];

describe('the badge', () => {
  it('shows the distinct sessions', async () => {
    const { statusCode, headers, body } = await readBadge();
    expect(statusCode).toBe(200);
    expect(headers).toEqual({
      'Content-Type': 'image/svg+xml; charset=utf-8',
      'Cache-Control': 'public, max-age=60',
      'X-Content-Type-Options': 'nosniff',
    });
    expect(titleOf(body)).toBe('visitors: 1,234');
    expect(body).toContain('role="img" aria-label="visitors: 1,234"');
    expect(body).toMatch(/>visitors<\/text>.*>1,234<\/text>/);
  });

  it('shows the distinct sessions with those of the baseline', async () => {
    const { body } = await readBadge({}, { sessions: 10_000 });
    expect(titleOf(body)).toBe('visitors: 11,234');
  });

  it('shows the active sessions when asked', async () => {
    expect(titleOf((await readBadge({ metric: 'active' })).body)).toBe('active: 5');
  });

  it('accepts a label and a color', async () => {
    const { body } = await readBadge({ label: 'readers', color: 'F60' });
    expect(titleOf(body)).toBe('readers: 1,234');
    expect(body).toContain('fill="#ff6600"');
  });

  it.each([
    { color: 'fff', ink: '#000' },
    { color: '#ffd33d', ink: '#000' },
    { color: '000', ink: '#fff' },
    { color: '1f6feb', ink: '#fff' },
  ])('has readable $ink text on $color', async ({ color, ink }) => {
    expect((await readBadge({ color })).body).toMatch(new RegExp(`fill="${ink}">1,234<`));
  });

  it.each([
    { query: { metric: 'total' }, names: 'metric' },
    { query: { label: '' }, names: undefined },
    { query: { label: '   ' }, names: 'label' },
    { query: { label: 'x'.repeat(41) }, names: 'label' },
    { query: { label: 'a\u0000b' }, names: 'label' },
    { query: { label: '\ud800' }, names: 'label' },
    { query: { color: 'blue' }, names: 'color' },
    { query: { color: '12345' }, names: 'color' },
    { query: { color: '"/><script>' }, names: 'color' },
  ])('with $query is refused, naming the invalid parameter: $names', async ({ query, names }) => {
    const { statusCode, body } = await readBadge(query as unknown as Record<string, string>);
    // An empty parameter counts as absent, as in the settings.
    if (names === undefined) expect(statusCode).toBe(200);
    else {
      expect(statusCode).toBe(400);
      expect(JSON.parse(body).message).toMatch(new RegExp(`^${names} must be`));
    }
  });

  it('escapes every label', async () => {
    const tags = (svg: string) => svg.match(/<[^>]*>/g)?.map((tag) => tag.replace(/".*?"/g, '""'));
    const plain = tags((await readBadge({ label: 'label' })).body);
    const label = fc.string({ unit: fc.constantFrom(...'<>&"\'/ ab]]>--;'), maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(label, async (label) => {
        const { statusCode, body } = await readBadge({ label });
        if (statusCode === 400) return;
        expect(tags(body)).toEqual(plain);
      }),
    );
  });

  it('is as wide as its texts are long', async () => {
    const widthOf = async (label: string) =>
      Number(/width="(\d+)"/.exec((await readBadge({ label })).body)?.[1]);
    expect(await widthOf('visitors of this page')).toBeGreaterThan(await widthOf('visitors'));
    expect(await widthOf('訪問者')).toBeGreaterThan(await widthOf('abc'));
  });
});
