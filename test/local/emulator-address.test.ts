import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { chooseEmulatorAddress } from '../../src/local/emulator-address.ts';

const listen = async (host: string, port = 0): Promise<void> => {
  const server = createServer().listen(port, host);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
};

it('is random, in 127.0.0.0/8 but not in 127.0.0.0/16, on a high port', async () => {
  const addresses = await Promise.all(Array.from({ length: 300 }, () => chooseEmulatorAddress()));
  const octets = addresses.map(({ host }) => host.split('.').map(Number));
  for (const { port } of addresses) {
    expect(port).toBeGreaterThanOrEqual(16_384);
    expect(port).toBeLessThan(32_768);
  }
  for (const [first, ...rest] of octets) {
    expect(first).toBe(127);
    expect(rest[0]).toBeGreaterThanOrEqual(1);
    expect(Math.max(...rest)).toBeLessThanOrEqual(255);
  }
  expect(new Set(addresses.map(({ host }) => host)).size).toBeGreaterThan(295);
  // Each octet varies: 300 draws of 250 values yield about 175 different ones.
  for (const part of [1, 2, 3]) {
    expect(new Set(octets.map((octet) => octet[part])).size).toBeGreaterThan(140);
  }
  expect(new Set(addresses.map(({ port }) => port)).size).toBeGreaterThan(280);
  expect(Math.max(...addresses.map(({ port }) => port))).toBeGreaterThan(31_000);
});

// No machine has 192.0.2.0/24 (RFC 5737). Some systems only have 127.0.0.1 of 127.0.0.0/8.
it('is 127.0.0.1 with a port that browsers block, if no other host is available', async () => {
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

it('is another random one, if the system reserves the port, as Windows does', async () => {
  const tried: object[] = [];
  const address = await chooseEmulatorAddress(undefined, async (candidate) => {
    tried.push(candidate);
    return tried.length < 3 ? 'EACCES' : undefined;
  });
  expect(tried).toHaveLength(3);
  expect(address).toBe(tried[2]);
  expect(address.host).not.toBe('127.0.0.1');
});
