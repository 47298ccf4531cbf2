import { DeleteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { SITE } from '../../src/domain/counter-name.ts';
import { touchSession } from '../../src/domain/session-touch.ts';
import { importSession } from '../../src/tables/import-session.ts';
import { retractSession, unmarkSession } from '../../src/tables/retract-session.ts';
import { clientOf } from '../support/answering-dynamodb.ts';
import { DEFAULT_RULES } from '../support/default-rules.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { visitAt } from '../support/projected-database.ts';
import { rowOf, storeRows } from '../support/session-rows.ts';

const database = useDatabase();
const FIRST = '2026-11-23T03:00:00.000Z';
const LATER = '2026-11-24T09:00:00.000Z';
const AT = '2026-11-24T08:00:00.000Z';
const SESSION = { hash: 'burst', firstAccessed: FIRST, at: AT };

const row = () => rowOf(database(), 'burst');
const retract = (client: DynamoDBDocumentClient = database().client, session = SESSION) =>
  retractSession(client, database().tables.SESSIONS_TABLE, session);
const table = () => database().tables.SESSIONS_TABLE;

/** A client that does something before each deletion is sent. */
const beforeDeletion = (action: () => Promise<unknown>): DynamoDBDocumentClient => {
  const { client } = database();
  const send = async (command: Parameters<typeof client.send>[0]) => {
    if (command instanceof DeleteCommand) await action();
    return client.send(command);
  };
  return Object.create(client, { send: { value: send } });
};
const deleteRow = () =>
  database().client.send(new DeleteCommand({ TableName: table(), Key: { session_hash: 'burst' } }));

describe('a session that is taken back', () => {
  beforeEach(async () => {
    await deleteRow();
    await visitAt(database(), FIRST, ['burst']);
  });

  it('is gone, and cannot be taken back again', async () => {
    expect(await retract()).toBe(true);
    expect(await row()).toBeUndefined();
    expect(await retract()).toBe(false);
    expect(await row()).toBeUndefined();
  });

  it('keeps its row if the visitor was forgotten and has come back since', async () => {
    await deleteRow();
    await visitAt(database(), LATER, ['burst']);
    const before = await row();
    expect(await retract()).toBe(false);
    expect(await row()).toEqual(before);
  });

  it('has the mark in its row when it is deleted', async () => {
    let marked: unknown;
    await retract(
      beforeDeletion(async () => {
        marked = await row();
      }),
    );
    expect(marked).toMatchObject({ first_accessed: FIRST, retracted: AT });
  });

  it('does not take the new session of a visitor who comes back before its deletion is repeated', async () => {
    const client = beforeDeletion(async () => {
      await deleteRow();
      await visitAt(database(), LATER, ['burst']);
    });
    expect(await retract(client)).toBe(true);
    expect(await row()).toMatchObject({ first_accessed: LATER });
    expect(await row()).not.toHaveProperty('retracted');
  });

  it('keeps its mark and its first visit through a visit and an import, after a kill', async () => {
    await storeRows(database(), [{ ...(await row()), session_hash: 'burst', retracted: AT }]);
    await visitAt(database(), LATER, ['burst']);
    const touch = touchSession('burst', Date.parse(LATER) + 1_000, DEFAULT_RULES, SITE);
    const imported = { ...touch, firstSeenAt: '2026-11-20T00:00:00.000Z' };
    expect((await importSession(database().client, table(), imported)).outcome).toBe('updated');
    expect(await row()).toMatchObject({ first_accessed: FIRST, retracted: AT });
    expect(await retract()).toBe(true);
    expect(await row()).toBeUndefined();
  });
});

describe('a mark', () => {
  beforeEach(() => storeRows(database(), [{ session_hash: 'burst', retracted: AT }]));

  it('is removed by the retract that made it', async () => {
    const unmark = (at: string) => unmarkSession(database().client, table(), 'burst', at);
    expect(await unmark(LATER)).toBe(false);
    expect(await row()).toEqual({ session_hash: 'burst', retracted: AT });
    expect(await unmark(AT)).toBe(true);
    expect(await row()).toEqual({ session_hash: 'burst' });
    expect(await unmark(AT)).toBe(false);
  });

  it('makes no row', async () => {
    await deleteRow();
    expect(await unmarkSession(database().client, table(), 'burst', AT)).toBe(false);
    expect(await row()).toBeUndefined();
  });
});

it('a retract of a session throws every error except a failed condition', async () => {
  const denied = { name: 'AccessDeniedException' };
  const deny = (): never => {
    throw Object.assign(new Error('no'), denied);
  };
  await expect(retract(await clientOf(deny))).rejects.toMatchObject(denied);
  const client = await clientOf((request) => ('UpdateExpression' in request ? {} : deny()));
  await expect(retract(client)).rejects.toMatchObject(denied);
});
