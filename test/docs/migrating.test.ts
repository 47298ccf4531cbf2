import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, vi } from 'vitest';
import { findGuardedChanges } from '../../infra/deployment/compare-settings.ts';
import { DEFAULTS } from '../../infra/settings/counter-settings.ts';
import { parseSettings } from '../../infra/settings/parse-settings.ts';
import { viewOldPage } from '../../measure/bench/page-view/old-counter.ts';
import { ensureTable } from '../../src/local/create-tables.ts';
import { localConnection } from '../../src/local/database.ts';
import { formatCommandLine } from '../../src/runtime/command-line.ts';
import { createDocumentClient } from '../../src/tables/document-client.ts';
import { SESSIONS_TABLE } from '../../src/tables/schema.ts';
import { browser } from '../support/browsers.ts';
import { awsVariables, type CommandRun, runCommandHere } from '../support/counter-command.ts';
import { countsOf, runLocalCounter, untilCounts, visit } from '../support/local-counter.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { useEmbeddedDynamoDB } from '../support/test-environment.ts';

const DOCUMENT = readFileSync('docs/migrating.md', 'utf8');
const OLD_TABLE = 'session_count_hash_table';

const linesOf = (pattern: RegExp): string[] =>
  [...DOCUMENT.matchAll(pattern)].map(([, line = '']) => line);

/** The arguments of the commands in a section, as the document gives them, in its order. */
const commandsIn = (heading: string): string[][] => {
  const [, section = ''] = DOCUMENT.split(`\n${heading}\n`);
  const [before = ''] = section.split(/\n##+ /);
  return [...before.matchAll(/^ +npm run counter -- (.*)$/gm)].map(([, args = '']) =>
    args.split(' '),
  );
};

describe('the commands of docs/migrating.md', () => {
  const given = linesOf(/^ +((?:\w+=\w+ )?npm (?:run|start) .*)$/gm);

  it.each(given)('are given for the package, too: %s', (line) => {
    const [, env = '', script, options = ''] =
      /^(\w+=\w+ )?npm (?:run )?(\w+)(?: -- (.*))?$/.exec(line) ?? [];
    const words = script === 'counter' ? options : `${script} ${options}`;
    const [command = '', ...rest] = words.trim().split(' ');
    const twin = `${env}${formatCommandLine('npx session-counter', command, rest.join(' '))}`;
    const following = DOCUMENT.split(`${line}\n`)[1]?.split('\n')[0]?.trim();
    expect(following).toBe(twin);
  });

  it('are as many as there are for the package', () => {
    expect(linesOf(/^ +((?:\w+=\w+ )?npx session-counter .*)$/gm)).toHaveLength(given.length);
    expect(given.length).toBeGreaterThan(8);
  });
});

describe('the settings of docs/migrating.md', () => {
  const [before, after] = linesOf(/^```json\n(\{\n[^`]*"hashScheme"[^`]*)```$/gm).map(
    (json) => parseSettings(json, { file: 'x.json', defaultName: DEFAULTS.name }).settings,
  );

  it('are those of a deployment', () => {
    const old = { hashScheme: 'sha256', dualStack: false, legacyRoute: true };
    expect(before).toEqual({ ...DEFAULTS, ...old });
    expect(after).toEqual({ ...DEFAULTS, legacyRoute: true });
  });

  it('are refused by deploy in the words of the document', () => {
    const [change] = findGuardedChanges(before ?? DEFAULTS, after ?? DEFAULTS);
    expect(DOCUMENT).toContain(`${change?.name}: ${change?.consequence}`);
    expect(DOCUMENT).toContain(`npm run deploy -- --change ${change?.name}\n`);
  });
});

describe('the steps of docs/migrating.md', () => {
  useEmbeddedDynamoDB();

  const PLAIN = { HASH_SCHEME: 'sha256', SESSIONS_TABLE: 'sessions', COUNTS_TABLE: 'counts' };

  /** A counter as after step 1, and the Python counter in the same DynamoDB. */
  const startBoth = async () => {
    const folder = temporaryFolder();
    const dataFolder = join(folder, 'data');
    const counter = await runLocalCounter({ dataFolder, env: PLAIN, hasLegacyRoute: true });
    const client = createDocumentClient(localConnection(counter.endpoint));
    await ensureTable(client, OLD_TABLE, { partitionKey: SESSIONS_TABLE.partitionKey });
    const visitOld = async (number: number) => {
      const hash = createHash('sha256').update(`127.0.0.1-${browser(number)}`);
      const view = { sessionHash: hash.digest('hex'), pages: 'first' } as const;
      return viewOldPage(client, OLD_TABLE, view);
    };
    return { ...counter, folder, dataFolder, client, visitOld };
  };

  /** Runs the commands of a step on the local counter in place of the stack. */
  const runStep = async (heading: string, folder: string) => {
    const ends: CommandRun[] = [];
    for (const [command = '', ...args] of commandsIn(heading)) {
      const options = args
        .join(' ')
        .replace('--stack session-counter', '--local')
        .replace('old.json', join(folder, 'old.json'))
        .split(' ');
      // By default these would be below the working directory.
      const files = ['--state', join(folder, 'state'), '--rejects', join(folder, 'rejects')];
      const places = ['--data', join(folder, 'data'), ...(command === 'import' ? files : [])];
      ends.push(await runCommandHere([command, ...options, ...places]));
    }
    return ends;
  };

  const viewLegacyPage = async (url: string, number: number): Promise<unknown> =>
    (await fetch(`${url}/`, { headers: { 'user-agent': browser(number) } })).json();

  it('keep every session, count no visitor twice, and end with counts that agree', async () => {
    const { url, folder, visitOld } = await startBoth();
    for (const number of [1, 2, 3, 1]) await visitOld(number);
    const [, survey = ''] =
      /reads all rows and writes nothing:\n\n((?: {4}.*\n)+)/.exec(DOCUMENT) ?? [];
    const [dryRun, first] = await runStep('### 2. Import the rows', folder);
    expect(dryRun).toEqual({ code: 0, err: '', out: survey.replace(/^ {4}/gm, '') });
    expect(first).toMatchObject({ code: 0, out: expect.stringMatching(/inserted +3\n/) });
    await untilCounts(url, 3, 3);

    // The page is switched while the old counter still gets visits: one more of 2, and a new one.
    expect(await viewLegacyPage(url, 1)).toMatchObject({ unique_session_count: 3 });
    await visit(url, { 'user-agent': browser(2) });
    await viewLegacyPage(url, 4);
    await visitOld(2);
    await visitOld(5);
    await untilCounts(url, 4, 4);
    const [, again] = await runStep('### 2. Import the rows', folder);
    expect(again?.out).toMatch(/inserted +1\n +updated +1\n +unchanged +2\n +rejected +0\n/);
    await untilCounts(url, 5, 5);
    const [, last] = await runStep('### 2. Import the rows', folder);
    expect(last?.out).toMatch(/inserted +0\n/);

    const [verified, shown] = await runStep('### 5. Compare', folder);
    expect(verified).toMatchObject({
      code: 0,
      out: expect.stringMatching(/Rows and counter agree\.\n$/),
    });
    expect(shown?.out).toMatch(/Distinct sessions +5\n/);
  });

  it('can be rehearsed with a scan of the old table', async () => {
    const { url, folder, client, visitOld } = await startBoth();
    for (const number of [1, 2]) await visitOld(number);
    // What `aws dynamodb scan` prints.
    const { Items, Count, ScannedCount } = await client.send(
      new ScanCommand({ TableName: OLD_TABLE }),
    );
    writeFileSync(join(folder, 'old.json'), JSON.stringify({ Items, Count, ScannedCount }));
    const [imported] = await runStep('## Rehearse it', folder);
    expect(imported).toMatchObject({ code: 0, out: expect.stringMatching(/inserted +2\n/) });
    await untilCounts(url, 2, 2);
    expect(await viewLegacyPage(url, 2)).toMatchObject({ unique_session_count: 2 });
  });

  it('keep the number of a counter that left no rows', async () => {
    const { url, folder } = await startBoth();
    await viewLegacyPage(url, 1);
    await untilCounts(url, 1, 1);
    const [set] = await runStep('## A counter that left only a number', folder);
    expect(set).toMatchObject({ code: 0, err: '' });
    const parts = { counted_sessions: 1, baseline: { sessions: 48_210, since: '2019-03-01' } };
    expect(await countsOf(url)).toMatchObject({ unique_session_count: 48_211, ...parts });
    expect((await runStep('### 5. Compare', folder))[0]?.code).toBe(0);
  });

  it('lead to the keyed hash, with which each known visitor is counted once more', async () => {
    const { url, folder, dataFolder, visitOld, stop } = await startBoth();
    await visitOld(1);
    await runStep('### 2. Import the rows', folder);
    await untilCounts(url, 1, 1);
    await stop();
    const env = { ...PLAIN, HASH_SCHEME: 'hmac-sha256' };
    const counter = await runLocalCounter({ dataFolder, env, hasLegacyRoute: true });
    const client = createDocumentClient(localConnection(counter.endpoint));
    const keyed = { ...counter, client };
    for (let view = 0; view < 3; view += 1) await viewLegacyPage(keyed.url, 1);
    await untilCounts(keyed.url, 2, 2);
    expect(await countsOf(keyed.url)).toMatchObject({ unique_session_count: 2 });
    const [, refused] = await runStep('### 2. Import the rows', folder);
    expect(refused).toMatchObject({
      code: 2,
      err: expect.stringContaining('--count-visitors-again'),
    });
    expect((await runStep('### 5. Compare', folder))[0]?.code).toBe(0);

    const rowCount = async () =>
      (await keyed.client.send(new ScanCommand({ TableName: PLAIN.SESSIONS_TABLE }))).Count;
    expect(await rowCount()).toBe(2);
    const [command = ''] = linesOf(/^ +HASH_SCHEME=sha256 npm run counter -- (forget .*)$/gm);
    const variables = { ...awsVariables(keyed), HASH_SCHEME: 'sha256' };
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    const values = { S: 'sessions', C: 'counts', ADDRESS: '127.0.0.1', TEXT: browser(1) };
    const args = command.split(' ').map((word) => values[word as keyof typeof values] ?? word);
    expect(await runCommandHere(args)).toMatchObject({ code: 0 });
    expect(await rowCount()).toBe(1);
  });
});
