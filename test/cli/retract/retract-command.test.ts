import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createInMemoryShardPositions } from '../../../src/local/event-source/shard-positions.ts';
import { startProjection } from '../../../src/local/projection.ts';
import { deleteSession } from '../../../src/tables/delete-session.ts';
import { readCounter } from '../../../src/tables/read-counter.ts';
import { createRebuildStore } from '../../../src/tables/rebuild-counter.ts';
import { createUndoStore } from '../../../src/tables/undo-counter.ts';
import { runCommandHere, tableOptions } from '../../support/counter-command.ts';
import { createFastClock } from '../../support/fast-clock.ts';
import { project, untilCounted, visitAt } from '../../support/projected-database.ts';
import { rowOf, storeRows } from '../../support/session-rows.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const HOUR_MS = 3_600_000;
const BLOG = 'blog/first-post';
// The interval is the hour that began five hours ago.
const FROM_MS = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 5 * HOUR_MS;
const at = (ms: number) => new Date(FROM_MS + ms).toISOString();
const [FROM, TO] = [at(0), at(HOUR_MS)];
const INTERVAL = ['--from', FROM, '--to', TO];
const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, number) => `${prefix}${number}`);

const counter = (name?: string) =>
  readCounter(database().client, database().tables.COUNTS_TABLE, 'strong', name);
const store = () => createUndoStore(database().client, database().tables.COUNTS_TABLE);
const hashes = async (): Promise<unknown[]> => {
  const { client, tables } = database();
  const { Items = [] } = await client.send(
    new ScanCommand({ TableName: tables.SESSIONS_TABLE, ConsistentRead: true }),
  );
  return Items.map(({ session_hash }) => session_hash).sort();
};

beforeEach(async () => {
  project(database());
  await visitAt(database(), at(-1), ['before']);
  await visitAt(database(), at(0), names('burst', 5));
  await visitAt(database(), at(HOUR_MS - 1), ['burst5']);
  await visitAt(database(), at(HOUR_MS), ['after']);
  await visitAt(database(), at(0), ['reader'], BLOG);
  // A visitor who is no part of the burst, because the first visit was earlier.
  await visitAt(database(), at(5), ['before']);
  await untilCounted(database(), { total: 8, removed: 0 });
  await untilCounted(database(), { total: 1, removed: 0 }, BLOG);
});

// Nine new sessions and a visit, six marks and six deletions, and the visit after them.
const RECORDS = 23;
const HONEST = ['after', 'before', 'reader'];

describe('without --yes, a retract', () => {
  it.each([[], ['--dry-run']])(
    'shows what it would take back, and changes nothing, with %j',
    async (...args) => {
      const before = await counter();
      const { code, out } = await run('retract', ...INTERVAL, ...args);
      expect({ code, out }).toEqual({
        code: 0,
        out: expect.stringContaining(
          `Counter site, first visits from ${FROM} to ${TO}\n  Sessions to take back  6\n`,
        ),
      });
      expect(out).toContain('  Total                  8\n  Total afterwards       2\n');
      expect(out).toContain(`${FROM.slice(0, 16).replace('T', ' ')}  6  ${'█'.repeat(40)}\n`);
      expect(await counter()).toEqual(before);
      expect(await hashes()).toHaveLength(9);
    },
  );

  it('prints JSON for scripts', async () => {
    await visitAt(database(), at(-24 * HOUR_MS), ['yesterday']);
    const found = JSON.parse((await run('retract', ...INTERVAL, '--json')).out);
    expect(found).toMatchObject({
      ...{ counter: 'site', from: FROM, to: TO, sessions: 6, isRetracted: false },
      ...{ earlier: [1, 0, 0, 0, 0, 0, 0], periodDays: 1, bucketMs: HOUR_MS },
    });
    expect(found.buckets[6]).toEqual({ startMs: FROM_MS, inside: 6, outside: 0 });
  });
});

describe('a retract', () => {
  it('lowers the total, the day and the month, and leaves all other sessions and counters', async () => {
    const before = await counter();
    const { code, out } = await run('retract', ...INTERVAL, '--yes');
    expect({ code, out }).toEqual({
      code: 0,
      out:
        `Took back 6 sessions of the counter site, first visits from ${FROM} to ${TO}.\n` +
        'The total was 8 and is 2, with the visits that were counted meanwhile.\n',
    });
    expect(await hashes()).toEqual(HONEST);
    const after = await counter();
    expect(after).toMatchObject({ total: 2, removed: 0, undo: undefined });
    const [day, month] = [FROM.slice(0, 10), FROM.slice(0, 7)];
    expect(after.startedByDay.get(day)).toBe((before.startedByDay.get(day) ?? 0) - 6);
    expect(after.startedByMonth.get(month)).toBe((before.startedByMonth.get(month) ?? 0) - 6);
    expect(await counter(BLOG)).toMatchObject({ total: 1, removed: 0 });
    expect(await run('verify')).toMatchObject({ code: 0 });
  });

  it('finds nothing when it is repeated', async () => {
    await run('retract', ...INTERVAL, '--yes');
    const { code, out } = await run('retract', ...INTERVAL, '--yes', '--json');
    expect({ code, found: JSON.parse(out) }).toEqual({
      code: 0,
      found: {
        ...{ counter: 'site', from: FROM, to: TO, retracted: 0, gone: 0, isRetracted: true },
        total: { before: 2, after: 2 },
      },
    });
  });

  it('takes back the sessions of the counter that it names alone', async () => {
    await run('retract', ...INTERVAL, '--counter', BLOG, '--yes');
    expect(await hashes()).toHaveLength(8);
    expect(await counter(BLOG)).toMatchObject({ total: 0, removed: 0 });
    expect(await counter()).toMatchObject({ total: 8, removed: 0 });
  });

  it('changes nothing when everything is delivered again', async () => {
    await run('retract', ...INTERVAL, '--yes');
    const positions = createInMemoryShardPositions();
    const again = startProjection({ ...database().tables }, database(), { positions });
    await visitAt(database(), at(2 * HOUR_MS), ['next']);
    const shard = `shardId-00000001-${database().tables.SESSIONS_TABLE}`;
    await vi.waitFor(() => expect(Number(positions.get(shard))).toBe(RECORDS), { timeout: 5_000 });
    await untilCounted(database(), { total: 3, removed: 0 });
    await again.stop();
    expect(await counter()).toMatchObject({ total: 3, removed: 0 });
    expect(await run('verify')).toMatchObject({ code: 0 });
  });

  it('counts whoever comes back as a new session', async () => {
    await run('retract', ...INTERVAL, '--yes');
    await visitAt(database(), new Date().toISOString(), ['burst0', 'before']);
    await untilCounted(database(), { total: 3, removed: 0 });
  });

  it('leaves the session of a visitor who was forgotten before it was marked in the total', async () => {
    const clock = createFastClock();
    const { client, tables } = database();
    const sleep: typeof clock.sleep = async (ms, signal) => {
      await deleteSession(client, tables.SESSIONS_TABLE, 'burst3');
      return clock.sleep(ms, signal);
    };
    // So slow that no row is marked before the deletion.
    const args = ['retract', ...INTERVAL, '--yes', '--max-write-units', '1'];
    const { out } = await runCommandHere([...args, ...tableOptions(database())], {
      clock: { ...clock, sleep },
    });
    expect(out).toContain('Took back 5 sessions');
    expect(out).toContain('\n1 row had been deleted or replaced meanwhile.\n');
    expect(await counter()).toMatchObject({ total: 3, removed: 1 });
    expect(await run('verify')).toMatchObject({ code: 0 });
  });
});

describe('a marked row', () => {
  it('that is deleted by anyone takes its session back', async () => {
    const row = await rowOf(database(), 'burst0');
    await storeRows(database(), [{ ...row, session_hash: 'burst0', retracted: at(HOUR_MS) }]);
    await deleteSession(database().client, database().tables.SESSIONS_TABLE, 'burst0');
    await untilCounted(database(), { total: 7, removed: 0 });
  });
});

describe('a retract that was killed', () => {
  const kill = async (): Promise<void> => {
    const retract = { kind: 'retract' as const, from: FROM, to: TO, at: at(2 * HOUR_MS) };
    await store().beginUndo(retract, undefined);
    const row = await rowOf(database(), 'burst0');
    await storeRows(database(), [{ ...row, session_hash: 'burst0', retracted: retract.at }]);
    await deleteSession(database().client, database().tables.SESSIONS_TABLE, 'burst0');
    const next = await rowOf(database(), 'burst1');
    await storeRows(database(), [{ ...next, session_hash: 'burst1', retracted: retract.at }]);
  };
  beforeEach(kill);

  it('is shown by status and by the preview', async () => {
    expect((await run('status')).out).toContain(
      `  Retract            in progress or killed, from ${FROM} to ${TO}\n`,
    );
    expect((await run('retract', ...INTERVAL)).out).toContain(
      `  Running, or killed     retract from ${FROM} to ${TO}\n`,
    );
  });

  it('is continued by the same command', async () => {
    expect((await run('retract', ...INTERVAL, '--yes')).code).toBe(0);
    expect(await hashes()).toEqual(HONEST);
    expect(await counter()).toMatchObject({ total: 2, removed: 0, undo: undefined });
    expect((await run('status')).out).toContain(
      `  Retract or restore last begun ${at(2 * HOUR_MS)}\n`,
    );
    expect(await run('verify')).toMatchObject({ code: 0 });
  });

  it('is not replaced by a retract of another interval', async () => {
    const { code, err } = await run('retract', '--from', at(1), '--to', TO, '--yes');
    expect({ code, err }).toEqual({
      code: 3,
      err: expect.stringContaining(`A retract from ${FROM} to ${TO} is running, or was killed`),
    });
    expect(await hashes()).toHaveLength(8);
  });

  it('is shown by the preview of a retract that it refuses, and not by that of the same', async () => {
    const other = await run('retract', '--from', at(1), '--to', TO);
    expect(other.out).toContain(
      `Nothing was changed, and --yes would be refused: A retract from ${FROM} to ${TO} is running, or was killed. To finish`,
    );
    expect((await run('retract', ...INTERVAL)).out).toContain('run the command again with --yes.');
  });

  it('is given up, with what it had marked but not deleted', async () => {
    const { code, out } = await run('retract', '--abort');
    expect({ code, out }).toEqual({
      code: 0,
      out: `Gave up the retract of the counter site from ${FROM} to ${TO}. 1 marked row kept.\n`,
    });
    expect(await rowOf(database(), 'burst1')).not.toHaveProperty('retracted');
    expect(await counter()).toMatchObject({ total: 7, removed: 0, undo: undefined });
    expect(await run('verify')).toMatchObject({ code: 0 });
    await deleteSession(database().client, database().tables.SESSIONS_TABLE, 'burst1');
    await untilCounted(database(), { total: 7, removed: 1 });
    expect(await run('retract', '--abort')).toMatchObject({
      code: 3,
      err: expect.stringContaining('No retract is running in the counter site'),
    });
  });

  it.each([['rebuild'], ['verify'], ['drop', BLOG], ['drop', BLOG, '--yes']])(
    'is not ignored by %s',
    async (...args) => {
      const retract = { kind: 'retract' as const, from: FROM, to: TO, at: at(3 * HOUR_MS) };
      const blog = createUndoStore(database().client, database().tables.COUNTS_TABLE, BLOG);
      await blog.beginUndo(retract, undefined);
      const { code, err } = await run(...args);
      expect({ code, err }).toEqual({
        code: 3,
        err: expect.stringMatching(
          /A retract (of the counter .* )?from .* is running, or was killed/,
        ),
      });
      expect(await hashes()).toHaveLength(8);
      expect((await counter()).rebuild).toBeUndefined();
      expect((await counter(BLOG)).rebuild).toBeUndefined();
    },
  );

  it('stops within seconds when another process gives it up, however slow it is', async () => {
    const clock = createFastClock();
    const sleep: typeof clock.sleep = async (ms, signal) => {
      await store().endUndo(at(2 * HOUR_MS));
      return clock.sleep(ms, signal);
    };
    const args = ['retract', ...INTERVAL, '--yes', '--max-write-units', '1'];
    const { code } = await runCommandHere([...args, ...tableOptions(database())], {
      clock: { ...clock, sleep },
    });
    expect(code).toBe(3);
    // One of eight rows, because each takes three seconds.
    expect(await hashes()).toHaveLength(7);
  });

  it('stops when another process gives it up', async () => {
    const clock = createFastClock();
    const sleep: typeof clock.sleep = async (ms, signal) => {
      await store().endUndo(at(2 * HOUR_MS));
      return clock.sleep(ms, signal);
    };
    const rows = names('more', 300).map((session_hash) => ({
      session_hash,
      first_accessed: at(7),
    }));
    await storeRows(database(), rows);
    const args = ['retract', ...INTERVAL, '--yes', '--max-write-units', '100000'];
    const { code, err } = await runCommandHere([...args, ...tableOptions(database())], {
      clock: { ...clock, sleep },
    });
    expect({ code, err }).toEqual({
      code: 3,
      err: expect.stringContaining('Another process has ended this retract or given it up'),
    });
  });
});

describe('a retract is refused', () => {
  it('during a rebuild', async () => {
    const cutoff = new Date().toISOString();
    const { client, tables } = database();
    await createRebuildStore(client, tables.COUNTS_TABLE).beginRebuild(cutoff, undefined);
    expect(await run('retract', ...INTERVAL, '--yes')).toMatchObject({
      ...{ code: 3, err: expect.stringContaining('A rebuild of this counter is running') },
    });
    expect(await hashes()).toHaveLength(9);
  });

  it('of a time that is not over', async () => {
    const soon = new Date(Date.now() - 50_000).toISOString();
    const { code, err } = await run('retract', '--from', FROM, '--to', soon, '--yes');
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringMatching(
        `--to must be at least 60 s ago, .* but it is ${soon}, and DynamoDB's clock shows `,
      ),
    });
    const past = new Date(Date.now() - 65_000).toISOString();
    expect((await run('retract', '--from', FROM, '--to', past)).code).toBe(0);
  });

  it('of a counter that does not exist', async () => {
    expect(await run('retract', ...INTERVAL, '--counter', 'blog/none')).toMatchObject({
      ...{ code: 3, err: expect.stringContaining('There is no counter blog/none') },
    });
  });
});
