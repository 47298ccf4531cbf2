import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { partitionOf } from '../../../src/domain/active-partition.ts';
import type { Counter } from '../../../src/domain/counter.ts';
import { SITE } from '../../../src/domain/counter-name.ts';
import { ensureTable } from '../../../src/local/create-tables.ts';
import { createInMemoryShardPositions } from '../../../src/local/event-source/shard-positions.ts';
import { startProjection } from '../../../src/local/projection.ts';
import { deleteSession } from '../../../src/tables/delete-session.ts';
import { readCounter } from '../../../src/tables/read-counter.ts';
import { SESSIONS_TABLE } from '../../../src/tables/schema.ts';
import { runCommandHere, tableOptions } from '../../support/counter-command.ts';
import { createFastClock } from '../../support/fast-clock.ts';
import { project, untilCounted, visitAt } from '../../support/projected-database.ts';
import { rowOf, type StoredRow, storeRows } from '../../support/session-rows.ts';
import { rowsOf } from '../../support/several-counters.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const HOUR_MS = 3_600_000;
const BLOG = 'blog/first-post';
const FROM_MS = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 30 * HOUR_MS;
const at = (hours: number) => new Date(FROM_MS + hours * HOUR_MS).toISOString();
const DELETED = ['lost0', 'lost1', 'lost2', 'lost3', 'lost4'];

const counter = (name?: string) =>
  readCounter(database().client, database().tables.COUNTS_TABLE, 'strong', name);
const sumsOf = ({ total, removed, startedByDay, removedByDay, startedByMonth }: Counter) => ({
  ...{ total, removed, startedByDay, startedByMonth },
  removedByDay: new Map([...removedByDay].filter(([, rows]) => rows !== 0)),
});
const rows = async () => {
  const all = (await rowsOf(database())) as StoredRow[];
  return all.sort((a, b) => (a.session_hash < b.session_hash ? -1 : 1));
};
const remove = async (hashes: readonly string[]): Promise<void> => {
  const { client, tables } = database();
  for (const hash of hashes) await deleteSession(client, tables.SESSIONS_TABLE, hash);
};

let file: string;
// A restore ignores the partition of the index, which is too large for JSON.
const toJson = (_: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value);
const write = (lines: readonly unknown[]): void =>
  writeFileSync(file, lines.map((line) => JSON.stringify(line, toJson)).join('\n'));
const restore = (...args: string[]) => run('restore', '--from-file', file, ...args);
const restored = async (...args: string[]) => {
  const { code, out, err } = await restore('--yes', '--json', ...args);
  return { code, err, ...(out === '' ? {} : JSON.parse(out)) };
};

let backup: StoredRow[];
let before: Counter;
beforeEach(async () => {
  file = join(temporaryFolder(), 'rows.jsonl');
  project(database());
  await visitAt(database(), at(0), DELETED.slice(0, 3));
  await visitAt(database(), at(20), [...DELETED.slice(3), 'kept']);
  await visitAt(database(), at(21), ['lost0']);
  await visitAt(database(), at(1), ['reader'], BLOG);
  await untilCounted(database(), { total: 6, removed: 0 });
  await untilCounted(database(), { total: 1, removed: 0 }, BLOG);
  backup = await rows();
  before = await counter();
  write(backup);
});
// Seven new sessions and a visit, six deletions, five restored rows, and the visit after them.
const RECORDS = 20;
const loseRows = async (): Promise<void> => {
  await remove([...DELETED, 'reader']);
  await untilCounted(database(), { total: 6, removed: 5 });
  await untilCounted(database(), { total: 1, removed: 1 }, BLOG);
};

describe('without --yes, a restore', () => {
  beforeEach(loseRows);

  it.each([[], ['--dry-run']])(
    'shows what it would do, and changes nothing, with %j',
    async (...args) => {
      const { code, out } = await restore(...args);
      expect({ code, out }).toEqual({
        code: 0,
        out: [
          `Counter site, rows from ${file}`,
          '  Rows to bring back     5',
          '  Already there          1',
          '  Visitor came back      0',
          '  Expired                0',
          '  Total                  6',
          '  Total afterwards       6',
          '  Removed                5',
          '  Removed afterwards     0',
          'Nothing was changed. To bring these rows back, run the command again with --yes.\n',
        ].join('\n'),
      });
      expect(await rows()).toHaveLength(1);
      expect(await counter()).toMatchObject({ total: 6, removed: 5, undo: undefined });
    },
  );

  it('prints JSON for scripts', async () => {
    const { out } = await restore('--json');
    expect(JSON.parse(out)).toEqual({
      ...{ counter: 'site', source: file, kind: 'restore', isRestored: false, rejected: {} },
      ...{ missing: 5, present: 1, cameBack: 0, expired: 0, marked: 0 },
      ...{ total: { before: 6, after: 6 }, removed: { before: 5, after: 0 } },
    });
  });
});

describe('a restore of deleted rows', () => {
  beforeEach(loseRows);

  it('that the source has twice brings them back once, and the preview says so', async () => {
    write([...backup, ...backup]);
    const preview = await restore('--json');
    const twice = { present: 7, cameBack: 0, expired: 0, marked: 0, rejected: {} };
    expect({ code: preview.code, ...JSON.parse(preview.out) }).toMatchObject({
      ...{ code: 0, missing: 5, removed: { before: 5, after: 0 }, ...twice },
    });
    expect(await restored()).toMatchObject({ code: 0, restored: 5, ...twice });
    expect(sumsOf(await counter())).toEqual(sumsOf(before));
  });

  it('brings them back as they were, without a second count', async () => {
    const { code, out } = await restore('--yes');
    expect({ code, out }).toEqual({
      code: 0,
      out:
        'Brought back 5 rows of the counter site.\n1 row there already.\n' +
        'The total was 6 and is 6, removed was 5 and is 0, with what was counted meanwhile.\n',
    });
    const back = await rows();
    const { lastUndo } = await counter();
    expect(back).toEqual(
      backup
        .filter(({ session_hash }) => session_hash !== 'reader')
        .map((row) => (row.session_hash === 'kept' ? row : { ...row, restored: lastUndo })),
    );
    expect(sumsOf(await counter())).toEqual(sumsOf(before));
    expect((await counter()).undo).toBeUndefined();
    expect(await counter(BLOG)).toMatchObject({ total: 1, removed: 1 });
    expect(await run('verify')).toMatchObject({ code: 0 });
    expect((await run('status')).out).toContain(`  Retract or restore last begun ${lastUndo}\n`);
  });

  it('leaves the total as it is, unlike an import of the same rows', async () => {
    await restored();
    expect(await counter()).toMatchObject({ total: 6, removed: 0 });
    await remove(DELETED);
    await untilCounted(database(), { total: 6, removed: 5 });
    await run('import', '--from-file', file, '--count-visitors-again');
    await untilCounted(database(), { total: 11, removed: 5 });
  });

  it('changes nothing when it is repeated, nor when everything is delivered again', async () => {
    await restored();
    expect(await restored()).toMatchObject({ code: 0, restored: 0, present: 6, err: '' });
    const positions = createInMemoryShardPositions();
    const again = startProjection({ ...database().tables }, database(), { positions });
    await visitAt(database(), at(25), ['next']);
    const shard = `shardId-00000001-${database().tables.SESSIONS_TABLE}`;
    await vi.waitFor(() => expect(Number(positions.get(shard))).toBe(RECORDS), { timeout: 5_000 });
    await untilCounted(database(), { total: 7, removed: 0 });
    await again.stop();
    expect(await counter()).toMatchObject({ total: 7, removed: 0 });
    expect(await run('verify')).toMatchObject({ code: 0 });
  });

  it('leaves the new rows of visitors who came back', async () => {
    await visitAt(database(), at(25), ['lost1', 'lost2']);
    await untilCounted(database(), { total: 8, removed: 5 });
    const returned = await rowOf(database(), 'lost1');
    expect(await restored()).toMatchObject({
      ...{ code: 0, restored: 3, present: 1, cameBack: 2 },
      ...{ total: { before: 8, after: 8 }, removed: { before: 5, after: 2 } },
    });
    expect(await rowOf(database(), 'lost1')).toEqual(returned);
    expect(await run('verify')).toMatchObject({ code: 0 });
  });

  it('leaves the row of a visitor who comes back just before the write', async () => {
    const clock = createFastClock();
    const sleep: typeof clock.sleep = async (ms, signal) => {
      if (!(await rowOf(database(), 'lost3'))) await visitAt(database(), at(26), ['lost3']);
      return clock.sleep(ms, signal);
    };
    const args = ['restore', '--from-file', file, '--yes', ...tableOptions(database())];
    const { code, out } = await runCommandHere(args, { clock: { ...clock, sleep } });
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringContaining(
        'Brought back 4 rows of the counter site.\n1 row there already.\n' +
          '1 row not brought back: the visitor came back, and keeps the new row.\n',
      ),
    });
    expect(await rowOf(database(), 'lost3')).toMatchObject({ first_accessed: at(26) });
    expect(await counter()).toMatchObject({ total: 7, removed: 1 });
    expect(await run('verify')).toMatchObject({ code: 0 });
  });

  it('brings back the rows of the counter that it names alone', async () => {
    expect(await restored('--counter', BLOG)).toMatchObject({ restored: 1, present: 0 });
    expect(await rowOf(database(), 'reader')).toMatchObject({
      ...backup.find(({ session_hash }) => session_hash === 'reader'),
    });
    expect(await counter(BLOG)).toMatchObject({ total: 1, removed: 0 });
    expect(await counter()).toMatchObject({ total: 6, removed: 5 });
  });

  it('brings back the rows of the interval that it names alone', async () => {
    expect(await restored('--from', at(0), '--to', at(20))).toMatchObject({ restored: 3 });
    expect(await counter()).toMatchObject({ total: 6, removed: 2 });
    expect(await rowOf(database(), 'lost3')).toBeUndefined();
  });

  it('reads a table', async () => {
    const { client } = database();
    const name = `${database().tables.SESSIONS_TABLE}-before`;
    await ensureTable(client, name, SESSIONS_TABLE);
    const tables = { ...database().tables, SESSIONS_TABLE: name };
    await storeRows({ ...database(), tables }, backup);
    const { code } = await run('restore', '--from-table', name, '--yes');
    expect(code).toBe(0);
    expect(sumsOf(await counter())).toEqual(sumsOf(before));
    expect(await rowOf(database(), 'lost0')).toMatchObject({
      expires_at: backup.find(({ session_hash }) => session_hash === 'lost0')?.expires_at,
    });
  });

  it('refuses the table of the counter itself as a source', async () => {
    const name = database().tables.SESSIONS_TABLE;
    expect(await run('restore', '--from-table', name)).toMatchObject({
      ...{ code: 2, err: expect.stringContaining('must be a different table than the target') },
    });
  });

  it('reads DynamoDB JSON', async () => {
    write(backup.map((row) => ({ Item: marshall(row) })));
    expect(await restored()).toMatchObject({ code: 0, restored: 5 });
    expect(await rowOf(database(), 'lost0')).toMatchObject({
      expires_at: backup.find(({ session_hash }) => session_hash === 'lost0')?.expires_at,
    });
  });

  it('gives a row without a time of expiry the one that its last visit gave it', async () => {
    write(backup.map(({ expires_at, active_shard, ...exported }) => exported));
    expect(await restored()).toMatchObject({ code: 0, restored: 5 });
    expect(await rowOf(database(), 'lost0')).toEqual({
      ...backup.find(({ session_hash }) => session_hash === 'lost0'),
      restored: (await counter()).lastUndo,
    });
  });

  it('puts rows in the partition of the index that the settings say today', async () => {
    vi.stubEnv('ACTIVE_SHARDS', '16');
    await restored();
    for (const hash of DELETED) {
      const active_shard = partitionOf(SITE, hash, 16);
      expect(await rowOf(database(), hash)).toMatchObject({ active_shard });
    }
  });

  it('leaves out rows that have expired, and rejects those that are no rows, with the reason', async () => {
    const past = Math.floor(Date.now() / 1_000) - 1;
    const changed: Record<string, object> = {
      lost0: { expires_at: past },
      lost1: { first_accessed: '2026-11-27 03:00:00' },
    };
    write([...backup.map((row) => ({ ...row, ...changed[row.session_hash] })), 'no row']);
    const expected = {
      ...{ code: 1, expired: 1 },
      rejected: { 'no readable first_accessed': 1, 'not a row': 1 },
    };
    expect(JSON.parse((await restore('--json')).out)).toMatchObject({
      ...{ missing: 3, expired: 1, rejected: expected.rejected },
    });
    expect(await restored()).toMatchObject({ ...expected, restored: 3 });
    expect(await counter()).toMatchObject({ total: 6, removed: 2 });
    const { out } = await restore();
    expect(out).toContain('  Rejected               1: no readable first_accessed\n');
    expect((await restore('--yes')).out).toContain(
      '1 row not brought back: expired.\n1 row rejected: no readable first_accessed.\n',
    );
  });
});

describe('a restore of sessions that a retract took back', () => {
  const INTERVAL = ['--from', at(0), '--to', at(1)];
  beforeEach(async () => {
    expect(await run('retract', ...INTERVAL, '--yes')).toMatchObject({ code: 0 });
    expect(await counter()).toMatchObject({ total: 3, removed: 0 });
  });

  it('undoes it exactly with --retracted', async () => {
    expect((await restore('--retracted')).out).toContain(
      '  Total                  3\n  Total afterwards       6\n  Removed                0\n  Removed afterwards     0\n',
    );
    expect(await restored('--retracted')).toMatchObject({
      ...{ code: 0, kind: 'restore-retracted', restored: 3, present: 3 },
    });
    expect(sumsOf(await counter())).toEqual(sumsOf(before));
    expect(await rows()).toEqual(backup);
    expect(await restored('--retracted')).toMatchObject({ code: 0, restored: 0 });
    expect(await run('verify')).toMatchObject({ code: 0 });
  });

  it('brings back those that the backup has with a mark, without it', async () => {
    write(backup.map((row) => ({ ...row, retracted: at(5), restored: at(5) })));
    expect(await restored('--retracted')).toMatchObject({ code: 0, restored: 3 });
    expect(await rows()).toEqual(backup);
  });

  it('is refused without --retracted, because that would lower the number of removed rows below 0', async () => {
    const preview = await restore();
    expect(preview.out).not.toContain('afterwards');
    expect({ code: preview.code, out: preview.out }).toEqual({
      code: 1,
      out: expect.stringContaining(
        'Nothing was changed, and --yes would be refused: 3 rows of the counter site would come back, but the counter counts ' +
          'only 0 of them as removed. Sessions that a retract took back come back with --retracted;',
      ),
    });
    const { code, err } = await restore('--yes');
    expect({ code, err }).toEqual({
      code: 3,
      err: expect.stringMatching(/3 rows of the counter site .*Nothing was changed/),
    });
    expect(await rows()).toHaveLength(4);
    expect((await counter()).undo).toBeUndefined();
  });

  it('is refused without --retracted even if as many rows of another day were removed', async () => {
    const recent = new Date(Date.now() - 60_000).toISOString();
    await visitAt(database(), recent, ['a', 'b', 'c']);
    await remove(['a', 'b', 'c']);
    await untilCounted(database(), { total: 6, removed: 3 });
    expect(await restored()).toMatchObject({
      ...{ code: 3, err: expect.stringContaining(`3 rows first visited on ${at(0).slice(0, 10)}`) },
    });
    expect(await rows()).toHaveLength(4);
  });

  it('leaves out rows with a mark without --retracted, and says so', async () => {
    await remove(['lost3', 'lost4']);
    await untilCounted(database(), { total: 3, removed: 2 });
    const marked = new Set(DELETED.slice(0, 3));
    write(backup.map((row) => (marked.has(row.session_hash) ? { ...row, retracted: at(5) } : row)));
    expect((await restore()).out).toContain('  Marked by a retract    3\n');
    expect(await restored()).toMatchObject({ code: 1, restored: 2, marked: 3 });
    expect(await counter()).toMatchObject({ total: 3, removed: 0 });
  });
});

it('a restore with --retracted is refused if no retract ever ran', async () => {
  await loseRows();
  expect(await restored('--retracted')).toMatchObject({
    ...{ code: 3, err: expect.stringContaining('No retract ever ran on the counter site') },
  });
  expect(await rows()).toHaveLength(1);
});

it('a restore of a source without rows of the counter changes nothing', async () => {
  write([]);
  expect((await restore()).out).toContain('and there is nothing to bring back.\n');
  expect(await restored()).toMatchObject({ code: 0, restored: 0 });
  expect((await counter()).lastUndo).toBeUndefined();
});
