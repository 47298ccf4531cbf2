import { expect, it } from 'vitest';
import { SITE } from '../../src/domain/counter-name.ts';
import { type ImportedSession, importSession } from '../../src/tables/import-session.ts';
import { clientOf } from '../support/answering-dynamodb.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { rowOf } from '../support/session-rows.ts';

const database = useDatabase();
const FIRST = '2026-11-20T10:00:00.000Z';
const LAST = '2026-11-22T10:00:00.000Z';

const sessionOf = (sessionHash: string, parts: Partial<ImportedSession> = {}): ImportedSession => ({
  ...{ counter: SITE, sessionHash, firstSeenAt: FIRST, seenAt: LAST, activeShard: 2 },
  ...{ expiresAt: undefined, skipIfSeenAfter: undefined },
  ...parts,
});
const importRow = (sessionHash: string, parts: Partial<ImportedSession> = {}) => {
  const { client, tables } = database();
  return importSession(client, tables.SESSIONS_TABLE, sessionOf(sessionHash, parts));
};

it('a session becomes a row, with an expiry if it has one', async () => {
  expect(await importRow('new', { expiresAt: 1_829_584_800 })).toMatchObject({
    outcome: 'inserted',
  });
  const row = {
    ...{ session_hash: 'new', first_accessed: FIRST, last_accessed: LAST },
    ...{ active_shard: 2, expires_at: 1_829_584_800 },
  };
  expect(await rowOf(database(), 'new')).toEqual(row);
  await importRow('kept');
  const { expires_at, ...kept } = { ...row, session_hash: 'kept' };
  expect(await rowOf(database(), 'kept')).toEqual(kept);
});

it('a later visit updates the last visit of its row, but not the first', async () => {
  await importRow('again');
  const later = '2026-11-23T10:00:00.000Z';
  expect(await importRow('again', { seenAt: later })).toMatchObject({ outcome: 'updated' });
  expect(await rowOf(database(), 'again')).toMatchObject({
    ...{ first_accessed: FIRST, last_accessed: later },
  });
});

it.each([LAST, '2026-11-21T10:00:00.000Z'])(
  'a row last seen at or after %s is left unchanged, for one unit',
  async (seenAt) => {
    const hash = `as-new-${seenAt}`;
    await importRow(hash);
    const row = await rowOf(database(), hash);
    expect(await importRow(hash, { seenAt })).toEqual({ outcome: 'unchanged', writeUnits: 1 });
    expect(await rowOf(database(), hash)).toEqual(row);
  },
);

it('reports the consumed units, or two when DynamoDB does not report them', async () => {
  const session = sessionOf('dear');
  const ConsumedCapacity = { CapacityUnits: 3 };
  const telling = await clientOf(({ ReturnConsumedCapacity }) =>
    ReturnConsumedCapacity === 'TOTAL' ? { ConsumedCapacity } : {},
  );
  const silent = await clientOf(() => ({}));
  expect(await importSession(telling, 'sessions', session)).toMatchObject({ writeUnits: 3 });
  expect(await importSession(silent, 'sessions', session)).toMatchObject({ writeUnits: 2 });
});

it('throws every error except a failed condition', async () => {
  const client = await clientOf(() => {
    throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
  });
  await expect(importSession(client, 'sessions', sessionOf('denied'))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});

it.each([
  { owner: SITE, importer: 'blog/a' },
  { owner: 'blog/a', importer: SITE },
  { owner: 'blog/a', importer: 'blog/b' },
])('a row of $owner never moves to $importer, whose total would lack it', async (given) => {
  const hash = `${given.owner} ${given.importer}`;
  await importRow(hash, { counter: given.owner });
  const row = await rowOf(database(), hash);
  const seenAt = '2026-11-23T10:00:00.000Z';
  expect(await importRow(hash, { counter: given.importer, seenAt })).toEqual({
    ...{ outcome: 'of another counter', writeUnits: 1 },
  });
  expect(await rowOf(database(), hash)).toEqual(row);
  expect(await importRow(hash, { counter: given.owner, seenAt })).toMatchObject({
    outcome: 'updated',
  });
});
