import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it, vi } from 'vitest';
import { createAuditHandler } from '../../../src/audit/audit-handler.ts';
import { fingerprintKey } from '../../../src/domain/key-fingerprint.ts';
import { startedAttribute } from '../../../src/tables/day-attribute.ts';
import { encodePack } from '../../../src/tables/day-pack.ts';
import { runCommandHere } from '../../support/counter-command.ts';
import { useKeyStores } from '../../support/fake-key-stores.ts';
import { runLocalCounter } from '../../support/local-counter.ts';
import { project, untilCounted, visitAt } from '../../support/projected-database.ts';
import { storeRows } from '../../support/session-rows.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const now = () => new Date().toISOString();

it('shows the counts, the checkpoints and the settings', async () => {
  project(database());
  await visitAt(database(), '2026-01-01T00:00:00.000Z', ['old']);
  await visitAt(database(), now(), ['a', 'b']);
  await untilCounted(database(), { total: 3, removed: 0 });
  const { code, out } = await run('status', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    ...{ total: 3, active: 2, removed: 0, rows: 3, newToday: 2 },
    checkpoints: [
      {
        ...{ shardId: expect.any(String), attribute: expect.stringMatching(/^@./), sequence: '3' },
        ...{ at: expect.stringMatching(/^20.*Z$/), ageSeconds: expect.any(Number) },
      },
    ],
    settings: { activeWindowMinutes: 60, retentionDays: 395, hashScheme: 'hmac-sha256' },
  });
});

describe('the edge secret', () => {
  const SECRET = 's'.repeat(32);
  const FORMER = 'f'.repeat(32);
  const show = async (env: Record<string, string>) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const outputs = [(await run('status')).out, (await run('status', '--json')).out];
    return { text: outputs[0], json: JSON.parse(outputs[1] ?? ''), all: outputs.join() };
  };

  it('has no line without one', async () => {
    const { text, json } = await show({});
    expect(text).not.toContain('Edge secret');
    expect(json.settings).not.toHaveProperty('edgeSecret');
  });

  it('is shown by fingerprints, and never itself', async () => {
    const { text, json, all } = await show({ EDGE_SECRET: SECRET, EDGE_SECRET_PREVIOUS: FORMER });
    const fingerprints = `${fingerprintKey(SECRET)}, ${fingerprintKey(FORMER)}`;
    expect(text).toContain(`  Edge secret        ${fingerprints}\n`);
    expect(json.settings.edgeSecret).toBe(fingerprints);
    for (const secret of [SECRET, FORMER]) expect(all).not.toContain(secret);
  });

  it('is shown by its place when it is stored', async () => {
    const { text } = await show({ EDGE_SECRET_ID: 'the-edge' });
    expect(text).toContain('  Edge secret        in the-edge\n');
  });

  it('of a running local counter is shown by its fingerprint', async () => {
    const dataFolder = temporaryFolder();
    await runLocalCounter({ dataFolder, env: { EDGE_SECRET: SECRET } });
    const { out } = await runCommandHere(['status', '--local', '--data', dataFolder]);
    expect(out).toContain(`  Edge secret        ${fingerprintKey(SECRET)}\n`);
  });
});

it('counts the sessions in all partitions that there may be, whatever the settings say', async () => {
  const last_accessed = now();
  const rows = [0, 3, 63].map((active_shard) => ({
    ...{ session_hash: `in ${active_shard}`, active_shard, last_accessed },
  }));
  await storeRows(database(), rows);
  const { out } = await run('status', '--json');
  expect(JSON.parse(out)).toMatchObject({ active: 3, settings: { activeShards: 1 } });
});

it('shows the days and the watermark as JSON, which the counter item stores compactly', async () => {
  const { client, tables } = database();
  const pack = {
    through: '2026-11-21',
    startedByDay: new Map([['2026-11-20', 5]]),
    removedByDay: new Map([['2026-11-21', 2]]),
  };
  const Item = {
    ...{ counter: 'distinct_sessions', days: encodePack(pack), watermark: 60 },
    [startedAttribute('2026-11-20')]: 1,
  };
  await client.send(new PutCommand({ TableName: tables.COUNTS_TABLE, Item }));
  const { out } = await run('status', '--json');
  expect(JSON.parse(out)).toMatchObject({
    days: [
      { day: '2026-11-20', started: 6, removed: 0 },
      { day: '2026-11-21', started: 0, removed: 2 },
    ],
    ...{ packedThrough: '2026-11-21', watermark: '1970-01-01T00:01:00.000Z' },
  });
});

it('shows the result of the last audit', async () => {
  expect((await run('status')).out).toContain('none yet');
  const noSleep = async () => undefined;
  await createAuditHandler({ ...database().tables }, database().client, noSleep)();
  expect((await run('status')).out).toMatch(/Last audit +0 missing, 0 surplus, ± 0, 20/);
});

it('shows an empty counter', async () => {
  const { code, out } = await run('status');
  expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/Distinct sessions +0\n/) });
});

describe('the hash key', () => {
  const KEY = 'k'.repeat(43);
  const keyLine = async (): Promise<string | undefined> =>
    /^ {2}Hash key +(.*)$/m.exec((await run('status')).out)?.[1];

  it('is shown as its fingerprint', async () => {
    vi.stubEnv('HASH_KEY', KEY);
    expect(await keyLine()).toBe(fingerprintKey(KEY));
  });

  it('is shown as the current version of its secret on AWS', async () => {
    await useKeyStores({ mine: KEY });
    vi.stubEnv('HASH_KEY_SECRET_ID', 'mine');
    expect(await keyLine()).toBe('version of-mine');
  });

  it('is shown as the version of its parameter on AWS, without reading it', async () => {
    const { asked } = await useKeyStores({ '/mine': KEY });
    vi.stubEnv('HASH_KEY_PARAMETER', '/mine');
    expect(await keyLine()).toBe('version 3 of 2023-11-14T22:13:20.000Z');
    expect(asked).not.toContain('GetParameter');
  });

  it('may be missing', async () => {
    await useKeyStores({});
    vi.stubEnv('HASH_KEY_PARAMETER', '/mine');
    expect(await keyLine()).toBe('the parameter /mine does not exist');
  });

  it.each([
    { setting: 'HASH_KEY_SECRET_ID', action: 'secretsmanager:DescribeSecret' },
    { setting: 'HASH_KEY_PARAMETER', action: 'ssm:DescribeParameters' },
  ])('may be inaccessible without $action; the rest is still shown', async (expected) => {
    await useKeyStores({}, 'denied');
    vi.stubEnv(expected.setting, 'mine');
    const { code, out } = await run('status');
    expect(code).toBe(0);
    expect(out).toContain(`unknown; the credentials lack ${expected.action}`);
    expect(out).toMatch(/Distinct sessions +0\n/);
  });

  it('may be unreachable; the rest is still shown', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', 'http://127.0.0.1:1');
    vi.stubEnv('HASH_KEY_SECRET_ID', 'mine');
    expect(await keyLine()).toMatch(/^unknown; .*ECONNREFUSED/);
  });

  it('does not exist for sha256, and is unknown without a setting', async () => {
    expect(await keyLine()).toBe('unknown; set HASH_KEY_PARAMETER, HASH_KEY_SECRET_ID or HASH_KEY');
    vi.stubEnv('HASH_SCHEME', 'sha256');
    expect(await keyLine()).toBe('none; sha256 has no key');
  });

  it('is the one that the local counter uses', async () => {
    const dataFolder = temporaryFolder();
    await runLocalCounter({ dataFolder, env: { HASH_KEY: KEY } });
    const { out } = await runCommandHere(['status', '--local', '--data', dataFolder, '--json']);
    expect(JSON.parse(out).keyFingerprint).toBe(fingerprintKey(KEY));
  });
});
