import { describe, expect, it } from 'vitest';
import { findAutomation } from '../../../src/domain/automation.ts';
import { EDGE_SECRET_HEADER } from '../../../src/http/edge-header-names.ts';
import { parseViewerAddress } from '../../../src/http/viewer-address.ts';
import { viewerVia } from '../../../src/http/viewer-via.ts';
import { findBehavior } from '../../../src/local/edge/behavior.ts';
import {
  cacheKey,
  toOriginRequest,
  type ViewerRequest,
} from '../../../src/local/edge/origin-request.ts';
import { FORGED, SECRET } from '../../support/edge-handlers.ts';
import { DOCUMENTED_CHROMIUM } from '../../support/header-sets/documented-chromium.ts';
import {
  DOCUMENTED_CLIENTS,
  DOCUMENTED_OTHERS,
} from '../../support/header-sets/documented-others.ts';
import { RECORDED_CHROMIUM, RECORDED_CLIENTS } from '../../support/header-sets/recorded-headers.ts';

const PLAIN = { hasListedOrigins: false, hasLegacyRoute: false };

const viewer = (given: Partial<ViewerRequest> = {}): ViewerRequest => ({
  ...{ method: 'GET', path: '/counts', query: '', httpVersion: '1.1', headers: {} },
  ...{ address: '198.51.100.10', port: 46_532 },
  ...given,
});

const forward = (given: Partial<ViewerRequest>, options = PLAIN) => {
  const request = viewer(given);
  return toOriginRequest(request, findBehavior(request.path, options), SECRET);
};

const keyOf = (given: Partial<ViewerRequest>, options = PLAIN): string =>
  cacheKey(forward(given, options), findBehavior(viewer(given).path, options));

describe('the request to the API', () => {
  it('has the secret and the address of the viewer, whatever the viewer sends', () => {
    const headers = {
      [EDGE_SECRET_HEADER]: FORGED,
      'cloudfront-viewer-address': '203.0.113.9:1',
      'x-forwarded-for': '203.0.113.9',
    };
    expect(forward({ headers }).headers).toEqual({
      [EDGE_SECRET_HEADER]: SECRET,
      'cloudfront-viewer-address': '198.51.100.10:46532',
      'x-forwarded-for': '203.0.113.9, 198.51.100.10',
      via: '1.1 localedge.cloudfront.net (CloudFront)',
    });
  });

  it.each([
    ['198.51.100.10', '198.51.100.10:443', '198.51.100.10'],
    ['2001:db8::1', '2001:db8::1:443', '2001:db8::1'],
    ['::1', '::1:443', '::1'],
    ['::ffff:127.0.0.1', '127.0.0.1:443', '127.0.0.1'],
  ])('has the address %s in the form %s, which the functions read', (address, expected, read) => {
    const written = forward({ address, port: 443 }).headers['cloudfront-viewer-address'];
    expect(written).toBe(expected);
    expect(parseViewerAddress(written)).toBe(read);
  });

  it('has none of the headers that CloudFront drops', () => {
    const dropped = {
      ...{ host: 'localhost:3000', cookie: 'a=1', authorization: 'Basic eA==', referer: '/x' },
      ...{ accept: '*/*', 'cache-control': 'no-cache', pragma: 'no-cache', 'x-real-ip': '1.2.3.4' },
    };
    const { headers } = forward({ headers: { ...dropped, dnt: '1' }, path: '/sessions' });
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['host']));
    expect(Object.keys(dropped).filter((name) => name in headers)).toEqual([]);
    expect(headers).toMatchObject({ dnt: '1' });
  });

  it.each([
    ['/counts', 'counter=about&x=1&by=day', '/counts?counter=about&by=day'],
    ['/counts', 'fbclid=1', '/counts'],
    ['/counts', 'Counter=a&counter', '/counts?counter'],
    ['/badge.svg', 'label=a%20b&color=%23fff&=1', '/badge.svg?label=a%20b&color=%23fff'],
    ['/counts', 'total=b&counter=a&total=c', '/counts?total=b&counter=a&total=c'],
    ['/sessions', 'counter=about&total=b', '/sessions?counter=about'],
  ])('for %s?%s is for %s', (path, query, target) => {
    expect(forward({ path, query }).target).toBe(target);
  });

  it.each([
    ['gzip, deflate, br, zstd', 'br,gzip'],
    ['gzip;q=0.8', 'gzip'],
    ['deflate', undefined],
    [undefined, undefined],
  ])('accepts of the encodings %j only %j', (given, expected) => {
    const headers = given === undefined ? {} : { 'accept-encoding': given };
    expect(forward({ headers }).headers['accept-encoding']).toBe(expected);
  });

  it('has the origin of the page, if it is a visit or if origins are listed', () => {
    const headers = { origin: 'https://a.example' };
    const originOf = (path: string, hasListedOrigins: boolean) =>
      forward({ path, headers }, { ...PLAIN, hasListedOrigins }).headers.origin;
    expect(originOf('/counts', false)).toBeUndefined();
    expect(originOf('/counts', true)).toBe('https://a.example');
    expect(originOf('/sessions', false)).toBe('https://a.example');
  });

  it.each([
    ...[...DOCUMENTED_CHROMIUM, ...DOCUMENTED_OTHERS, ...DOCUMENTED_CLIENTS],
    ...[...RECORDED_CHROMIUM, ...RECORDED_CLIENTS],
  ])('shows automation as the request of the viewer does: $client', ({ headers }) => {
    const { via, ...forwarded } = forward({ path: '/sessions', headers }).headers;
    const seen = { ...forwarded, via: viewerVia(via) };
    expect(findAutomation(forwarded['user-agent'], seen)).toBe(
      findAutomation(headers['user-agent'], headers),
    );
  });
});

describe('the cache key', () => {
  it('is the same for all viewers and ignored parameters', () => {
    const first = keyOf({ headers: { 'user-agent': 'Firefox', origin: 'https://a.example' } });
    expect(keyOf({ address: '203.0.113.9', query: 'utm_source=x' })).toBe(first);
  });

  it('differs with the path, the method, a parameter and the encodings', () => {
    const keys = [
      keyOf({}),
      keyOf({ path: '/history' }),
      keyOf({ method: 'HEAD' }),
      keyOf({ query: 'counter=about' }),
      keyOf({ query: 'total=about' }),
      keyOf({ headers: { 'accept-encoding': 'gzip' } }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('differs with the origin only where origins are listed', () => {
    const keysOf = (hasListedOrigins: boolean) =>
      ['https://a.example', 'https://b.example', undefined].map((origin) =>
        keyOf({ headers: { ...(origin && { origin }) } }, { ...PLAIN, hasListedOrigins }),
      );
    expect(new Set(keysOf(false)).size).toBe(1);
    expect(new Set(keysOf(true)).size).toBe(3);
  });
});
