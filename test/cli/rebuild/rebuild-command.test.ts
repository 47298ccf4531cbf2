import { setTimeout as delay } from 'node:timers/promises';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { SYSTEM_CLOCK } from '../../../src/cli/clock.ts';
import type { Console } from '../../../src/cli/console/console.ts';
import { readCounter } from '../../../src/tables/read-counter.ts';
import { createRebuildStore } from '../../../src/tables/rebuild-counter.ts';
import { runCommandHere, tableOptions } from '../../support/counter-command.ts';
import { jsonOfCounter } from '../../support/json-of-counter.ts';
import { injectDrift, project, untilCounted, visitAt } from '../../support/projected-database.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const ARGS = ['rebuild', '--margin', '1', '--apart', '1', '--json'];
const rebuild = (...args: string[]) => run(...ARGS, ...args);
// Visits are dated by the real time, so the wait for the cutoff must be real. Polls may be fast.
const MAX_POLL_MS = 1_000;
const REAL_WAITS = {
  ...SYSTEM_CLOCK,
  sleep: (ms: number, signal: AbortSignal) =>
    SYSTEM_CLOCK.sleep(ms <= MAX_POLL_MS ? ms / 50 : ms, signal),
};
const counter = () => readCounter(database().client, database().tables.COUNTS_TABLE, 'strong');
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
// Long enough for the rebuild to see that the stream has been counted.
const PAUSE_MS = 200;
const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, number) => `${prefix}-${number}`);

describe('a rebuild', { timeout: 60_000 }, () => {
  beforeEach(async () => {
    project(database());
    await visitAt(database(), daysAgo(1), names('old', 20));
    await untilCounted(database(), { total: 20, removed: 0 });
  });

  it('without --yes reports the differences and changes nothing', async () => {
    await injectDrift(database(), 7);
    const before = await counter();
    const { code, out } = await rebuild();
    expect({ code, ...jsonOfCounter(out) }).toMatchObject({
      ...{ code: 1, before: 27, after: 27, missing: 0, surplus: 7, uncertainty: 0 },
      isCorrected: false,
    });
    expect(await counter()).toEqual({ ...before, lastCutoff: expect.any(String) });
  });

  it('corrects a wrong total during steady visits, and readers see the old or the new one', async () => {
    await injectDrift(database(), -7);
    let isOver = false;
    let sessions = 20;
    const seen: number[] = [];
    const visits = (async () => {
      for (let round = 0; !isOver; round += 1) {
        await visitAt(database(), daysAgo(0), names(`new-${round}`, 3));
        await visitAt(database(), daysAgo(0), ['old-1']);
        sessions += 3;
        await delay(PAUSE_MS);
      }
    })();
    const reads = (async () => {
      for (; !isOver; await delay(10)) seen.push((await counter()).total);
    })();
    const args = [...ARGS, '--yes', ...tableOptions(database())];
    const { code, out } = await runCommandHere(args, { clock: REAL_WAITS });
    const { missing, surplus, uncertainty } = jsonOfCounter(out);
    expect({ code, missing, surplus, uncertainty }).toEqual({
      ...{ code: 0, missing: 7, surplus: 0, uncertainty: 0 },
    });
    await delay(500);
    isOver = true;
    await Promise.all([visits, reads]);
    await untilCounted(database(), { total: sessions, removed: 0 });
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect((await counter()).rebuilt).toMatchObject({ total: 7, removed: 0 });
    expect((await run('verify')).code).toBe(0);
  });

  it('does not count deleted rows', async () => {
    for (const session_hash of ['old-3', 'old-4']) {
      const key = { TableName: database().tables.SESSIONS_TABLE, Key: { session_hash } };
      await database().client.send(new DeleteCommand(key));
    }
    await untilCounted(database(), { total: 20, removed: 2 });
    await injectDrift(database(), 1);
    expect((await rebuild('--yes', '--lower-total')).code).toBe(0);
    await untilCounted(database(), { total: 20, removed: 2 });
  });

  it('replaces one that was killed', async () => {
    const store = createRebuildStore(database().client, database().tables.COUNTS_TABLE);
    await store.beginRebuild(daysAgo(0), undefined);
    await injectDrift(database(), 3);
    expect((await run('status')).out).toContain('in progress or killed');
    expect((await rebuild('--yes', '--lower-total')).code).toBe(0);
    expect(await counter()).toMatchObject({ total: 20, rebuild: undefined });
  });

  it('removes its cutoff when it is interrupted', async () => {
    const abort = new AbortController();
    const cutoffs: (string | undefined)[] = [];
    const wait: Console['wait'] = async ({ ms, sleep }) => {
      cutoffs.push((await counter()).rebuild?.cutoff);
      abort.abort(new Error('SIGINT'));
      await sleep(ms);
    };
    const args = ['rebuild', ...tableOptions(database())];
    const { code, err } = await runCommandHere(args, { signal: abort.signal, wait });
    expect({ code, err }).toEqual({ code: 130, err: expect.stringContaining('Interrupted.') });
    expect(cutoffs).toEqual([expect.any(String)]);
    expect((await counter()).rebuild).toBeUndefined();
  });
});
