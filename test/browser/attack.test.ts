import { readFileSync } from 'node:fs';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../src/local/database.ts';
import { startEmbeddedDynamoDB } from '../../src/local/embedded-dynamodb.ts';
import { chooseEmulatorAddress } from '../../src/local/emulator-address.ts';
import { browser } from '../support/browsers.ts';
import { countsOf, runLocalCounter, untilCounts, visit } from '../support/local-counter.ts';
import { ownTables } from '../support/own-tables.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { useEmbeddedDynamoDB } from '../support/test-environment.ts';
import { guessAddresses, requestEverything, scanPorts } from './support/attack.ts';
import { useBrowser } from './support/browser.ts';
import { ownListeningPorts } from './support/own-ports.ts';
import { servePage } from './support/pages.ts';

const ATTACKER = 'attacker.example';

useEmbeddedDynamoDB();
const openReader = useBrowser([ATTACKER]);

/** A page of the attacker, whose host name resolves to this machine, in the owner's browser. */
const openAttackersPage = async (): Promise<Page> => {
  const page = await (await openReader()).newPage();
  const address = new URL(await servePage({}));
  await page.goto(`http://${ATTACKER}:${address.port}/`);
  return page;
};

const startCounter = async () => {
  const tables = ownTables();
  const dataFolder = temporaryFolder();
  const counter = await runLocalCounter({ dataFolder, env: tables });
  return { ...counter, tables, dataFolder };
};

describe('a web page that the owner opens', () => {
  it('finds any DynamoDB on 127.0.0.1, but not the one of the counter', async () => {
    const { url, endpoint, tables } = await startCounter();
    // A decoy on 127.0.0.1, which shows that the attack works.
    const address = await chooseEmulatorAddress(() => '127.0.0.1');
    const decoy = await startEmbeddedDynamoDB(undefined, address);
    onTestFinished(decoy.stop);
    const decoyTables = ownTables();
    await openDatabase(decoy.endpoint, decoyTables);
    const page = await openAttackersPage();
    // An attacker would try all 65,535 ports. Unused ones refuse connections, and other programs' ports
    // show nothing about the counter, so both are left out.
    const ports = ownListeningPorts();
    const expected = [url, endpoint, decoy.endpoint].map((address) =>
      Number(new URL(address).port),
    );
    expect(ports).toEqual(expect.arrayContaining(expected));
    const found = new Map(await page.evaluate(scanPorts, ports));
    expect(found.get(address.port)?.sort()).toEqual(Object.values(decoyTables).sort());
    expect([...found.values()].flat()).not.toContain(tables.SESSIONS_TABLE);
    // Other programs may listen on all addresses of this machine, so only this host is excluded.
    expect(await page.evaluate(guessAddresses, 3_000)).not.toContain(new URL(endpoint).host);
    // The counter's DynamoDB does exist and has the tables.
    const { client } = await openDatabase(endpoint, tables);
    const { TableNames } = await client.send(new ListTablesCommand({}));
    expect(TableNames?.sort()).toEqual(Object.values(tables).sort());
  }, 60_000);

  it('learns from no response where the DynamoDB is', async () => {
    const { url, endpoint, dataFolder } = await startCounter();
    const { hostname, port } = new URL(endpoint);
    expect(readFileSync(`${dataFolder}/instance.json`, 'utf8')).toContain(`${hostname}:${port}`);
    const page = await openAttackersPage();
    const responses = await page.evaluate(requestEverything, url);
    // The page could read enough responses to make this meaningful.
    expect(responses).toContain('"unique_session_count"');
    expect(responses).toContain('"openapi"');
    expect(responses).toMatch(/POST \/counts 405/);
    expect(responses).not.toContain(hostname);
    expect(responses).not.toMatch(new RegExp(`\\b${port}\\b`));
  }, 60_000);

  it('cannot delete the row of the owner, but the counter’s own page can', async () => {
    const { url } = await startCounter();
    await visit(url);
    await untilCounts(url, 1, 1);
    const page = await openAttackersPage();
    const forget = (api: string) =>
      fetch(`${api}/sessions/me`, { method: 'DELETE' }).then(({ status }) => status);
    expect(await page.evaluate(forget, url)).toBe(403);
    expect(await countsOf(url)).toMatchObject({ active_sessions: 1 });
    await page.goto(`${url}/style.css`);
    expect(await page.evaluate(forget, url)).toBe(204);
    await untilCounts(url, 1, 0);
  }, 60_000);

  it('is rejected under its own host name that resolves to this machine (DNS rebinding)', async () => {
    const { url } = await startCounter();
    await visit(url, { 'user-agent': browser(2) });
    await untilCounts(url, 1, 1);
    const page = await (await openReader()).newPage();
    const rebound = `http://${ATTACKER}:${new URL(url).port}`;
    expect((await page.goto(`${rebound}/`))?.status()).toBe(421);
    // The page and its requests now have the same origin, so CORS does not apply.
    const responses = await page.evaluate(requestEverything, rebound);
    expect(
      new Set(responses.match(/^[A-Z]+ \/\S* \d{3}/gm)?.map((line) => line.slice(-3))),
    ).toEqual(new Set(['421']));
    expect(responses).not.toContain('unique_session_count');
    expect(await countsOf(url)).toMatchObject({ unique_session_count: 1, active_sessions: 1 });
  }, 60_000);
});
