import { expect, it } from 'vitest';
import { normalizeAddress, wideNetworkOf } from '../../src/domain/network-address.ts';

it.each([
  ['203.0.113.7', '203.0.113.7', 'IPv4 stays whole'],
  ['::ffff:203.0.113.7', '203.0.113.7', 'mapped IPv4 is IPv4'],
  ['::FFFF:CB00:7107', '203.0.113.7', 'mapped IPv4 in hexadecimal is IPv4'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::', 'IPv6 is its /64'],
  ['2001:DB8:1:2:FFFF::1', '2001:db8:1:2::', 'the rest of the /64 makes no difference'],
  ['2001:db8:1:3::1', '2001:db8:1:3::', 'another /64 is another network'],
  ['fe80::1%eth0', 'fe80::', 'a zone is no part of the network'],
  ['::1', '::', 'the loopback has a network as well'],
  [' Unknown ', 'unknown', 'what is no address is kept in lower case'],
  ['', '', 'nothing stays nothing'],
])('%j becomes %j: %s', (address, normal) => {
  expect(normalizeAddress(address)).toBe(normal);
});

it.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
  ['2001:DB8:1:FFFF::', '2001:db8:1::/48'],
  ['203.0.113.7', undefined],
  ['::ffff:203.0.113.7', undefined],
  ['unknown', undefined],
  ['', undefined],
])('%j is in the wide network %j', (address, network) => {
  expect(wideNetworkOf(address)).toBe(network);
});
