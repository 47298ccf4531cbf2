import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startEmbeddedDynamoDB } from '../../src/local/embedded-dynamodb.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const start = async (file?: string) => {
  const emulator = await startEmbeddedDynamoDB(file);
  onTestFinished(emulator.stop);
  return emulator;
};

const connectTo = async (host: string, port: number): Promise<'accepted' | string> => {
  const socket = connect(port, host);
  try {
    await once(socket, 'connect');
    return 'accepted';
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  } finally {
    socket.destroy();
  }
};

it('listens only on the address that it returns', async () => {
  const { endpoint, address } = await start();
  expect(endpoint).toBe(`http://${address.host}:${address.port}`);
  expect(await connectTo(address.host, address.port)).toBe('accepted');
  for (const host of ['127.0.0.1', '::1', '127.0.0.2', '127.1.1.1']) {
    expect({ host, answer: await connectTo(host, address.port) }).toEqual({
      host,
      answer: 'ECONNREFUSED',
    });
  }
});

it('creates files that only their owner can access', async () => {
  const folder = temporaryFolder();
  await start(join(folder, 'database'));
  const files = readdirSync(folder);
  expect(files).toContain('database');
  for (const file of files) expect(statSync(join(folder, file)).mode & 0o077).toBe(0);
});

it('stops within two seconds even if it hangs', async () => {
  const { stop, pid = 0, ended } = await start();
  process.kill(pid, 'SIGSTOP');
  const begun = Date.now();
  await stop();
  expect(Date.now() - begun).toBeLessThan(3_000);
  await expect(ended).resolves.toBeUndefined();
});

it('serves and stops when it is started as on Windows', async () => {
  const { address, stop, ended } = await startEmbeddedDynamoDB(undefined, undefined, 'win32');
  onTestFinished(stop);
  expect(await connectTo(address.host, address.port)).toBe('accepted');
  await stop();
  await expect(ended).resolves.toBeUndefined();
  expect(await connectTo(address.host, address.port)).toBe('ECONNREFUSED');
});
