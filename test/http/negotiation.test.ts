import { expect, it } from 'vitest';
import { acceptsGzip, hasMatch } from '../../src/http/negotiation.ts';

it.each([
  ...['gzip', 'gzip, deflate, br, zstd', 'br;q=1.0, GZIP;q=0.8', 'identity, *;q=0.1'],
  ...['deflate , gzip ; q=0.001', '*'],
])('a client accepts gzip with Accept-Encoding: %s', (header) => {
  expect(acceptsGzip(header)).toBe(true);
});

it.each([
  ...[undefined, '', 'br', 'identity', 'gzip;q=0', 'gzip; q=0.000, *', '*;q=0', 'x-gzip', 'gzip2'],
  ...['gzip;q=', 'gzip;q=x', 'gzip;level=9'],
])('a client does not accept gzip with Accept-Encoding: %s', (header) => {
  expect(acceptsGzip(header)).toBe(false);
});

it.each(['"a"', 'W/"a"', '"b", "a"', '"b",W/"a"', '*'])(
  'If-None-Match: %s matches "a"',
  (header) => {
    expect(hasMatch(header, '"a"')).toBe(true);
  },
);

it.each([undefined, '', 'a', '"b"', '"ab"', 'W/"b"'])(
  'If-None-Match: %s does not match "a"',
  (header) => {
    expect(hasMatch(header, '"a"')).toBe(false);
  },
);
