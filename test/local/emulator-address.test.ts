import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { chooseEmulatorAddress } from '../../src/local/emulator-address.ts';

const listen = async (host: string, port = 0): Promise<void> => {
  const server = createServer().listen(port, host);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
};

it('is never the same, in all of 127.0.0.0/8 but 127.0.0.0/16, on ports above all well-known', async () => {
  const addresses = await Promise.all(Array.from({ length: 300 }, () => chooseEmulatorAddress()));
  const octets = addresses.map(({ host }) => host.split('.').map(Number));
  for (const { port } of addresses) expect(port).toBeGreaterThanOrEqual(16_384);
  for (const [first, ...rest] of octets) {
    expect(first).toBe(127);
    expect(rest[0]).toBeGreaterThanOrEqual(1);
    expect(Math.max(...rest)).toBeLessThanOrEqual(255);
  }
  expect(new Set(addresses.map(({ host }) => host)).size).toBeGreaterThan(295);
  // Each part takes most of its values: 300 draws of 250 values show about 175 of them.
  for (const part of [1, 2, 3]) {
    expect(new Set(octets.map((octet) => octet[part])).size).toBeGreaterThan(140);
  }
  expect(new Set(addresses.map(({ port }) => port)).size).toBeGreaterThan(290);
  expect(Math.max(...addresses.map(({ port }) => port))).toBeGreaterThan(60_000);
});

// 192.0.2.0/24 is on no machine (RFC 5737), as all of 127.0.0.0/8 but one address on some systems.
it('is on 127.0.0.1, at a port that no browser connects to, where there is no other', async () => {
  const first = await chooseEmulatorAddress(() => '192.0.2.1');
  expect(first.host).toBe('127.0.0.1');
  await expect(fetch(`http://127.0.0.1:${first.port}`)).rejects.toMatchObject({
    cause: new Error('bad port'),
  });
  await listen(first.host, first.port);
  const second = await chooseEmulatorAddress(() => '192.0.2.1');
  expect(second.port).not.toBe(first.port);
  await expect(fetch(`http://127.0.0.1:${second.port}`)).rejects.toMatchObject({
    cause: new Error('bad port'),
  });
});
