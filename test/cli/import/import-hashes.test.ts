import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, it, vi } from 'vitest';
import { hashVisitor } from '../../../src/domain/session-hash.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const visitors = Array.from({ length: 3 }, (_, n) => ({
  address: `203.0.113.${n}`,
  userAgent: 'x',
}));
const plain = visitors.map((visitor) => hashVisitor(visitor, { scheme: 'sha256' }));
const hmac = { scheme: 'hmac-sha256', key: 'k'.repeat(32) } as const;
const keyed = visitors.map((visitor) => hashVisitor(visitor, hmac));

let file: string;
beforeEach(() => {
  file = join(temporaryFolder(), 'rows.jsonl');
});
const SEEN_AT = '2024-05-01T12:00:00';
const importHashes = async (hashes: readonly string[], ...args: string[]) => {
  const rows = hashes.map((session_hash) =>
    JSON.stringify({ session_hash, first_accessed: SEEN_AT, last_accessed: SEEN_AT }),
  );
  writeFileSync(file, rows.join('\n'));
  return run('import', '--from-file', file, ...args);
};
const rowCount = async (): Promise<number> => {
  const scan = new ScanCommand({ TableName: database().tables.SESSIONS_TABLE });
  return (await database().client.send(scan)).Count ?? 0;
};

it.each([
  ['plain hashes into a keyed counter', 'hmac-sha256', plain, '3 of 3 rows have hashes'],
  ['keyed hashes into a counter with plain hashes', 'sha256', keyed, '3 of 3 rows have hashes'],
  ['a mix', 'sha256', [...keyed.slice(0, 1), ...plain], '1 of 4 rows have hashes'],
  ['hashes of no scheme', 'sha256', ['7', ...plain], '1 of 4 rows have hashes'],
])('refuses %s before the first write', async (_, scheme, hashes, says) => {
  vi.stubEnv('HASH_SCHEME', scheme);
  const { code, err } = await importHashes(hashes);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(says) });
  expect(err).toContain('--count-visitors-again');
  expect(await rowCount()).toBe(0);
});

it.each([
  ['hmac-sha256', keyed],
  ['sha256', plain],
])('accepts hashes of its own scheme, %s', async (scheme, hashes) => {
  vi.stubEnv('HASH_SCHEME', scheme);
  expect((await importHashes(hashes)).code).toBe(0);
  expect(await rowCount()).toBe(3);
});

it('accepts all hashes with --count-visitors-again', async () => {
  expect((await importHashes([...plain, '7'], '--count-visitors-again')).code).toBe(0);
  expect(await rowCount()).toBe(4);
});

it('also reports it in a dry run', async () => {
  const { code, out } = await importHashes(plain, '--dry-run');
  expect({ code, out }).toEqual({
    code: 1,
    out: expect.stringContaining('3 look like sha256'),
  });
});
