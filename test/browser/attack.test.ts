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
import { askEverything, guessAddresses, scanPorts } from './support/attack.ts';
import { useBrowser } from './support/browser.ts';
import { servePage } from './support/pages.ts';

const ATTACKER = 'attacker.example';

useEmbeddedDynamoDB();
const openReader = useBrowser([ATTACKER]);

/** The owner of the counter has opened a page of the attacker, whose name leads to this machine. */
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

// Every port that somebody listens on, at whatever address. An attacker tries all 65,535; those that
// nobody listens on refuse, and are left out here.
const listeningPorts = (): number[] => {
  const lines = readFileSync('/proc/net/tcp', 'utf8').split('\n').slice(1);
  const listening = lines.filter((line) => line.trim().split(/\s+/)[3] === '0A');
  const ports = listening.map((line) => Number.parseInt(line.split(':')[2] ?? '', 16));
  return [...new Set(ports)];
};

describe('a web page that the owner opens', () => {
  it('finds a DynamoDB on 127.0.0.1, whatever its port, but not that of the counter', async () => {
    const { endpoint, tables } = await startCounter();
    expect(listeningPorts()).toContain(Number(new URL(endpoint).port));
    // The emulator as it was bound before: what the attack can find, it finds.
    const address = await chooseEmulatorAddress(() => '127.0.0.1');
    const planted = await startEmbeddedDynamoDB(undefined, address);
    onTestFinished(planted.stop);
    const bait = ownTables();
    await openDatabase(planted.endpoint, bait);
    const page = await openAttackersPage();
    const found = new Map(await page.evaluate(scanPorts, listeningPorts()));
    expect(found.get(address.port)?.sort()).toEqual(Object.values(bait).sort());
    expect([...found.values()].flat()).not.toContain(tables.SESSIONS_TABLE);
    // Others may listen at every address of this machine.
    expect(await page.evaluate(guessAddresses, 3_000)).not.toContain(new URL(endpoint).host);
    // It is there, and holds what was not found.
    const { client } = await openDatabase(endpoint, tables);
    const { TableNames } = await client.send(new ListTablesCommand({}));
    expect(TableNames?.sort()).toEqual(Object.values(tables).sort());
  }, 60_000);

  it('hears from no answer where the DynamoDB is', async () => {
    const { url, endpoint, dataFolder } = await startCounter();
    const { hostname, port } = new URL(endpoint);
    expect(readFileSync(`${dataFolder}/instance.json`, 'utf8')).toContain(`${hostname}:${port}`);
    const page = await openAttackersPage();
    const heard = await page.evaluate(askEverything, url);
    // It has heard enough for that to mean something.
    expect(heard).toContain('"unique_session_count"');
    expect(heard).toContain('"openapi"');
    expect(heard).toMatch(/POST \/counts 405/);
    expect(heard).not.toContain(hostname);
    expect(heard).not.toMatch(new RegExp(`\\b${port}\\b`));
  }, 60_000);

  it('cannot delete the row of the owner, which the page of the counter can', async () => {
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

  it('is refused under a name that it lets lead to this machine (DNS rebinding)', async () => {
    const { url } = await startCounter();
    await visit(url, { 'user-agent': browser(2) });
    await untilCounts(url, 1, 1);
    const page = await (await openReader()).newPage();
    const rebound = `http://${ATTACKER}:${new URL(url).port}`;
    expect((await page.goto(`${rebound}/`))?.status()).toBe(421);
    // Now it is of the same origin as what it asks for: no CORS stands in its way.
    const heard = await page.evaluate(askEverything, rebound);
    expect(new Set(heard.match(/^[A-Z]+ \/\S* \d{3}/gm)?.map((line) => line.slice(-3)))).toEqual(
      new Set(['421']),
    );
    expect(heard).not.toContain('unique_session_count');
    expect(await countsOf(url)).toMatchObject({ unique_session_count: 1, active_sessions: 1 });
  }, 60_000);
});
