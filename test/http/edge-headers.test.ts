import { describe, expect, it } from 'vitest';
import { readEdgeHeaders } from '../../src/http/edge-headers.ts';
import { httpApiEvent, restApiEvent } from '../support/api-events.ts';

const SECRET = 's'.repeat(32);
const ADDRESS = '198.51.100.10:46532';
const both = { secret: SECRET, viewerAddress: ADDRESS };

describe.each([
  { payload: '2.0', event: httpApiEvent },
  { payload: '1.0', event: restApiEvent },
])('an event of payload $payload', ({ event }) => {
  it.each([
    ['x-counter-edge-secret', 'cloudfront-viewer-address'],
    ['X-Counter-Edge-Secret', 'CloudFront-Viewer-Address'],
    ['X-COUNTER-EDGE-SECRET', 'CLOUDFRONT-VIEWER-ADDRESS'],
  ])('has the headers of the edge as %s and %s', (secret, address) => {
    const headers = { origin: 'https://a.example', [secret]: SECRET, [address]: ADDRESS };
    expect(readEdgeHeaders(event({ headers }))).toEqual(both);
  });

  it('lacks what the edge did not send', () => {
    expect(readEdgeHeaders(event())).toEqual({});
  });

  it.each([
    { 'x-counter-edge-secret': SECRET, 'X-Counter-Edge-Secret': SECRET },
    { 'x-counter-edge-secret': 'forged', 'X-Counter-Edge-Secret': SECRET },
    { 'X-Counter-Edge-Secret': SECRET, 'X-COUNTER-EDGE-SECRET': '' },
  ])('has no secret with two names in different case: %j', (headers) => {
    expect(readEdgeHeaders(event({ headers })).secret).toBeUndefined();
  });

  it.each([1, true, null, {}, { length: 1 }])('has no secret that is no text: %j', (secret) => {
    const headers = { 'x-counter-edge-secret': secret } as never;
    expect(readEdgeHeaders(event({ headers })).secret).toBeUndefined();
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'ignores a header %s',
    (name) => {
      const headers = JSON.parse(JSON.stringify({ a: '' }).replace('"a"', JSON.stringify(name)));
      expect(readEdgeHeaders(event({ headers }))).toEqual({});
    },
  );
});

it('takes from payload 1.0 only a header that came once', () => {
  const withValues = (values: string[]) => ({
    ...restApiEvent({ headers: { 'X-Counter-Edge-Secret': SECRET } }),
    multiValueHeaders: { 'X-Counter-Edge-Secret': values },
  });
  expect(readEdgeHeaders(withValues([SECRET])).secret).toBe(SECRET);
  expect(readEdgeHeaders(withValues([SECRET, SECRET])).secret).toBeUndefined();
  expect(readEdgeHeaders(withValues(['forged', SECRET])).secret).toBeUndefined();
});

it.each([undefined, null, 1, 'text', [], {}, { headers: null }, { multiValueHeaders: 'x' }])(
  'finds nothing in the event %j',
  (event) => {
    expect(readEdgeHeaders(event)).toEqual({});
  },
);
