import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseViewerAddress } from '../../src/http/viewer-address.ts';

it.each([
  ['198.51.100.10:46532', '198.51.100.10'],
  ['198.51.100.10:0', '198.51.100.10'],
  ['198.51.100.10:65535', '198.51.100.10'],
  ['2001:db8::1:443', '2001:db8::1'],
  ['2001:0DB8:0000:0000:0000:0000:0000:0001:443', '2001:db8::1'],
  ['2001:db8:1:2:3:4:5:6:443', '2001:db8:1:2:3:4:5:6'],
  ['::1:443', '::1'],
  ['2001:db8:::443', '2001:db8::'],
  ['::ffff:198.51.100.10:443', '::ffff:198.51.100.10'],
])('%s has the address %s', (text, address) => {
  expect(parseViewerAddress(text)).toBe(address);
});

it.each([
  ...['', ' ', ':', ':443', '198.51.100.10', '198.51.100.10:', '198.51.100.10:65536', '1.2.3:443'],
  ...['198.51.100.10:-1', '198.51.100.10:4e2', '198.51.100.10:443x', '198.51.100.10:٤٤٣'],
  ...['256.1.1.1:443', '01.2.3.4:443', '0x7f.1:443', '2130706433:443', '1.2.3.4.5:443'],
  ...['[2001:db8::1]:443', '2001:db8:0:0:0:0:0:1', '::1', '2001:db8::1::2:443', 'fe80::1%eth0:443'],
  ...[' 198.51.100.10:443', '198.51.100.10:443 ', '198.51.100.10 :443', '198.51.100.10:443\n'],
  ...['198.51.100.10:443,198.51.100.11:443', '198.51.100.10:443, 198.51.100.10:443'],
  ...['localhost:443', '１.2.3.4:443', '1.2.3.4\0:443', `1.2.3.4:${'0'.repeat(8_192)}443`],
  ...['1'.repeat(8_192), ':'.repeat(8_192), `${'1:'.repeat(4_096)}443`],
])('%j has no address', (text) => {
  expect(parseViewerAddress(text)).toBeUndefined();
});

it('has no address without the header', () => {
  expect(parseViewerAddress(undefined)).toBeUndefined();
});

it('finds the address before every port', () => {
  const port = fc.integer({ min: 0, max: 65_535 });
  fc.assert(
    fc.property(fc.ipV4(), port, (address, number) => {
      expect(parseViewerAddress(`${address}:${number}`)).toBe(address);
    }),
  );
  fc.assert(
    fc.property(fc.ipV6(), port, (address, number) => {
      expect(parseViewerAddress(`${address}:${number}`)).toBe(parseViewerAddress(`${address}:1`));
      expect(parseViewerAddress(`${address}:${number}`)).toBeDefined();
    }),
  );
});
