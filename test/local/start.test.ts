import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { browser } from '../support/browsers.ts';
import { findProcess } from '../support/find-process.ts';
import { countsOf, untilCounts, visit } from '../support/local-counter.ts';
import { openSocket } from '../support/raw-http.ts';
import { failStartCommand, runStartCommand } from '../support/start-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { useEmbeddedDynamoDB, useOwnTables } from '../support/test-environment.ts';

const isAnswering = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

const endpointIn = (dataFolder: string): string =>
  JSON.parse(readFileSync(join(dataFolder, 'instance.json'), 'utf8')).endpoint;

// An address of this machine that is not localhost, if it has one.
const OTHER_ADDRESS = Object.values(networkInterfaces())
  .flat()
  .find((found) => found?.family === 'IPv4' && !found.internal)?.address;

useOwnTables();

describe('npm start', () => {
  it('loses nothing and counts nothing twice over five kills', async () => {
    // All visitors have one address, and those in progress count towards its limit.
    vi.stubEnv('NEW_SESSIONS_PER_HOUR', '0');
    const dataFolder = temporaryFolder();
    for (let life = 1; life <= 5; life += 1) {
      const { url, end } = await runStartCommand('--port', '0', '--data', dataFolder);
      const visitors = Array.from({ length: 10 * life }, (_, number) => browser(number));
      await Promise.all(visitors.map((userAgent) => visit(url, { 'user-agent': userAgent })));
      // The kill may hit the middle of a projection.
      expect(await end('SIGKILL')).toBe('SIGKILL');
    }
    const { url } = await runStartCommand('--port', '0', '--data', dataFolder);
    await untilCounts(url, 50, 50);
  }, 60_000);

  it('names a port in use and how to choose another', async () => {
    const { url } = await runStartCommand('--port', '0', '--ephemeral');
    const port = new URL(url).port;
    expect(await failStartCommand('--port', port, '--ephemeral')).toEqual({
      code: 1,
      output: `Port ${port} is in use; choose another, for example: npm start -- --port ${Number(port) + 1}\n`,
    });
    expect(await countsOf(url)).toMatchObject({ unique_session_count: 0 });
  });

  it('prints its help', async () => {
    const { code, output } = await failStartCommand('--help');
    expect(code).toBe(0);
    for (const option of [
      '--port',
      '--host',
      '--data',
      '--ephemeral',
      'AWS_ENDPOINT_URL_DYNAMODB',
    ]) {
      expect(output).toContain(option);
    }
  });

  it('names the address where it listens and the host names that it answers', async () => {
    const { url, output } = await runStartCommand(
      ...['--port', '0', '--ephemeral', '--host', '0.0.0.0', '--allowed-host', 'counter.example'],
    );
    expect(output()).toContain(
      'Address    0.0.0.0; answers requests for localhost, 127.0.0.1, [::1], counter.example.',
    );
    expect(await countsOf(url)).toMatchObject({ unique_session_count: 0 });
  });

  it.runIf(OTHER_ADDRESS)('answers requests for the one address where it listens', async () => {
    const options = ['--port', '0', '--ephemeral', '--host', String(OTHER_ADDRESS)];
    const { url } = await runStartCommand(...options);
    expect(new URL(url).hostname).toBe(OTHER_ADDRESS);
    expect(await countsOf(url)).toMatchObject({ unique_session_count: 0 });
  });

  it('reports a host that is not of this machine', async () => {
    const options = ['--port', '0', '--ephemeral', '--host', '203.0.113.1'];
    expect(await failStartCommand(...options)).toEqual({
      code: 1,
      output:
        '--host must be an address or name of this machine, such as 0.0.0.0, but it is "203.0.113.1" (EADDRNOTAVAIL)\n',
    });
  });

  it('reports an invalid option without a stack trace', async () => {
    const { code, output } = await failStartCommand('--port', 'http');
    expect(code).toBe(1);
    expect(output).toBe('--port must be a whole number from 0 to 65535, but it is "http"\n');
  });
});

describe('npm start with its embedded DynamoDB', () => {
  useEmbeddedDynamoDB();

  it('leaves no DynamoDB behind when it is killed', async () => {
    const dataFolder = temporaryFolder();
    const { end } = await runStartCommand('--port', '0', '--data', dataFolder);
    const endpoint = endpointIn(dataFolder);
    expect(await isAnswering(endpoint)).toBe(true);
    await end('SIGKILL');
    await vi.waitFor(async () => expect(await isAnswering(endpoint)).toBe(false));
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('stops everything at %s', async (signal) => {
    const dataFolder = temporaryFolder();
    const { url, end, output } = await runStartCommand('--port', '0', '--data', dataFolder);
    const endpoint = endpointIn(dataFolder);
    await visit(url);
    await untilCounts(url, 1, 1);
    expect(await end(signal)).toBe(0);
    expect(await isAnswering(endpoint)).toBe(false);
    expect(readdirSync(dataFolder)).not.toContain('instance.json');
    expect(output()).not.toMatch(/error|warn/i);
  });

  it('exits with the reason if its DynamoDB dies', async () => {
    const dataFolder = temporaryFolder();
    const { process: run, output } = await runStartCommand('--port', '0', '--data', dataFolder);
    process.kill(findProcess('dynoxide', join(dataFolder, 'dynamodb.sqlite')), 'SIGKILL');
    const [code] = await once(run, 'exit');
    expect(code).toBe(1);
    expect(output()).toContain('The embedded DynamoDB exited unexpectedly (SIGKILL)');
    expect(output()).not.toContain('    at ');
    expect(readdirSync(dataFolder)).not.toContain('instance.json');
  });

  it('prints the output of a DynamoDB that cannot start', async () => {
    const dataFolder = temporaryFolder();
    writeFileSync(join(dataFolder, 'dynamodb.sqlite'), 'this is no database, '.repeat(400));
    const { code, output } = await failStartCommand('--port', '0', '--data', dataFolder);
    expect(code).toBe(1);
    expect(output).toMatch(
      /^The embedded DynamoDB did not start\. Its output: .*not a valid SQLite database/s,
    );
  });
});

it('answers the first request that it accepts, however early', async () => {
  const port = 10_000 + Math.floor(Math.random() * 10_000);
  const starting = runStartCommand('--port', String(port), '--ephemeral');
  const isThere = async () => (await openSocket(`http://localhost:${port}`)).destroy();
  await vi.waitFor(isThere, { timeout: 15_000, interval: 1 });
  const early = await fetch(`http://localhost:${port}/counts`);
  expect({ status: early.status, ...((await early.json()) as object) }).toMatchObject({
    status: 200,
    unique_session_count: 0,
  });
  await starting;
});
