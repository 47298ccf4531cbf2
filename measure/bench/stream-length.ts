import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { touchSession } from '../../src/domain/session-touch.ts';
import { openDatabase } from '../../src/local/database.ts';
import { startEmbeddedDynamoDB } from '../../src/local/embedded-dynamodb.ts';
import { upsertSession } from '../../src/tables/upsert-session.ts';
import { DEFAULT_RULES } from '../../test/support/default-rules.ts';
import { round } from './meters/latency.ts';
import type { Bench, Findings, Row } from './part/part.ts';

const AT_ONCE = 16;
const TABLES = { SESSIONS_TABLE: 'sessions', COUNTS_TABLE: 'counts' };

/** Writes to the embedded DynamoDB as its stream grows, with and without our additional indexes. */
export const benchStreamLength = async ({ plan, folder }: Bench): Promise<Findings> => {
  await using indexed = await openWriter(join(folder, 'indexed'));
  await using plain = await openWriter(join(folder, 'plain'));
  dropIndexes(join(folder, 'plain'));
  const rows: Row[] = [];
  for (let records = 0; records < plan.streamRecords; records += plan.streamStep) {
    rows.push(describe(records, await compare(plan.streamStep, indexed, plain)));
  }
  return { title: 'The embedded DynamoDB, by the length of its stream', rows, goals: [] };
};

interface Writer extends AsyncDisposable {
  /** Writes this many new rows; returns the rate per second. */
  readonly write: (rows: number) => Promise<number>;
}

const openWriter = async (file: string): Promise<Writer> => {
  const { endpoint, stop } = await startEmbeddedDynamoDB(file);
  const { client } = await openDatabase(endpoint, TABLES);
  let written = 0;
  const writeNext = async (end: number): Promise<void> => {
    while (written < end) {
      written += 1;
      const touch = touchSession(`session ${written}`, Date.now(), DEFAULT_RULES);
      await upsertSession(client, TABLES.SESSIONS_TABLE, touch);
    }
  };
  return {
    write: async (rows) => {
      const startedAt = performance.now();
      const end = written + rows;
      await Promise.all(Array.from({ length: AT_ONCE }, () => writeNext(end)));
      return rows / ((performance.now() - startedAt) / 1_000);
    },
    [Symbol.asyncDispose]: stop,
  };
};

const dropIndexes = (file: string): void => {
  const database = new DatabaseSync(file);
  const ours = "SELECT name FROM sqlite_master WHERE name LIKE 'session-counter::%'";
  for (const { name } of database.prepare(ours).all()) database.exec(`DROP INDEX "${name}"`);
  database.close();
};

interface Rates {
  readonly indexed: number;
  readonly plain: number;
}

// Alternating and in small parts, so that other load on the machine affects both.
const compare = async (rows: number, indexed: Writer, plain: Writer): Promise<Rates> => {
  const parts = 4;
  const rates = { indexed: 0, plain: 0 };
  for (let part = 0; part < parts; part += 1) {
    rates.indexed += (await indexed.write(rows / parts)) / parts;
    rates.plain += (await plain.write(rows / parts)) / parts;
  }
  return rates;
};

const describe = (records: number, { indexed, plain }: Rates): Row => ({
  'records at first': records,
  'with indexes, of without': round(indexed / plain),
  'with, writes/s': Math.round(indexed),
  'without, writes/s': Math.round(plain),
});
