import { expect, it } from 'vitest';
import { urlHost } from '../../../src/local/http-server/url-host.ts';

it.each(['localhost', 'LOCALHOST', '127.0.0.1', '::1', '0:0:0:0:0:0:0:1', '0.0.0.0', '::', '0::0'])(
  'is localhost for %s',
  (host) => {
    expect(urlHost(host)).toBe('localhost');
  },
);

it.each([
  ['127.0.0.5', '127.0.0.5'],
  ['MyHost.local', 'myhost.local'],
  ['2001:DB8:0:0::7', '[2001:db8::7]'],
  ['fe80::1%eth0', '[fe80::1]'],
  // Not a name that a URL can have; the server will not find it.
  ['xn--a', 'xn--a'],
])('is the host as a browser writes it for %s', (host, expected) => {
  expect(urlHost(host)).toBe(expected);
});
