import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CHUNK_ROWS } from '../../../src/cli/import/row-source.ts';
import { startFailingDynamoDB } from '../../support/failing-dynamodb.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const failing = startFailingDynamoDB(() => database().endpoint);
const SEEN_AT = '2024-05-01T12:00:00';
const rowOf = (name: string) => ({
  ...{ session_hash: name, first_accessed: SEEN_AT, last_accessed: SEEN_AT },
});
const row = (name: string): string => JSON.stringify(rowOf(name));
const stored = async (session_hash: string) => {
  const key = { TableName: database().tables.SESSIONS_TABLE, Key: { session_hash } };
  return (await database().client.send(new GetCommand(key))).Item;
};

let file: string;
beforeEach(() => {
  file = join(temporaryFolder(), 'rows.jsonl');
});
const importFile = async () => {
  const args = ['--max-write-units', '100000', '--json', '--count-visitors-again'];
  const { code, out, err } = await run('import', '--from-file', file, ...args);
  return { code, err, ...(out === '' ? {} : JSON.parse(out)) };
};
const reasons = (): string[] =>
  readFileSync(`${file}.import-rejects`, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line).reason);

describe('a row that DynamoDB rejects', () => {
  it('does not stop the import if its key has half a character', async () => {
    writeFileSync(file, [row('a'), row('b\ud800'), row('c')].join('\n'));
    expect(await importFile()).toMatchObject({ code: 1, inserted: 2, rejected: 1 });
    expect(reasons()).toEqual(['session_hash is not valid Unicode']);
    expect(await stored('c')).toBeDefined();
  });

  it('does not stop the import if the stored row is full', async () => {
    const { SESSIONS_TABLE } = database().tables;
    const full = { ...rowOf('full'), last_accessed: '2020-01-01T00:00:00.000Z' };
    const fill = 'x'.repeat(409_600 - JSON.stringify(full).length + 10);
    await database().client.send(
      new PutCommand({ TableName: SESSIONS_TABLE, Item: { ...full, fill } }),
    );
    writeFileSync(file, [row('a'), row('full'), row('c')].join('\n'));
    expect(await importFile()).toMatchObject({ code: 1, inserted: 2, rejected: 1, read: 3 });
    expect(reasons()).toEqual([expect.stringContaining('rejected by DynamoDB: Item size')]);
  });

  it('is not confused with a missing permission, which stops the import', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', (await failing).endpoint);
    writeFileSync(file, row('a'));
    const passing = await failing;
    passing.deny = 'UpdateItem';
    const result = await importFile();
    passing.deny = undefined;
    expect(result).toMatchObject({ code: 3, err: expect.stringContaining('lack a permission') });
    expect(await importFile()).toMatchObject({ code: 0, inserted: 1 });
  });
});

describe('a file', () => {
  it('may start with a byte order mark, and contain U+2028 and carriage returns', async () => {
    const special = `{"session_hash":"b","note":"\u2028\u2029","first_accessed":"${SEEN_AT}","last_accessed":"${SEEN_AT}"}`;
    writeFileSync(file, `\ufeff${row('a')}\r\n\r\n   \n${special}\r\n${row('c')}`);
    expect(await importFile()).toMatchObject({ code: 0, read: 3, inserted: 3 });
  });

  it('may contain a line of 600 MB, which is rejected', { timeout: 60_000 }, async () => {
    file = `${file}.gz`;
    const million = gzipSync('x'.repeat(1_000_000));
    const line = Array.from({ length: 600 }, () => million);
    writeFileSync(
      file,
      Buffer.concat([gzipSync(`${row('a')}\n`), ...line, gzipSync(`\n${row('b')}`)]),
    );
    expect(await importFile()).toMatchObject({ code: 1, read: 3, inserted: 2, rejected: 1 });
    expect(reasons()).toEqual(['too long for a row']);
  });

  it('may contain invalid UTF-8, which is rejected and not replaced', async () => {
    writeFileSync(
      file,
      Buffer.concat([Buffer.from(`${row('a')}\n`), Buffer.from(row('b\xff'), 'latin1')]),
    );
    expect(await importFile()).toMatchObject({ code: 1, inserted: 1, rejected: 1 });
    expect(reasons()).toEqual(['not a row: not valid UTF-8']);
  });

  it('in UTF-16, as written by PowerShell, is refused with an explanation', async () => {
    writeFileSync(file, Buffer.from(`\ufeff${row('a')}`, 'utf16le'));
    expect(await importFile()).toMatchObject({ code: 3, err: expect.stringContaining('UTF-16') });
  });

  it('may not be a device', async () => {
    file = '/dev/zero';
    expect(await importFile()).toMatchObject({
      code: 2,
      err: expect.stringContaining('neither a regular file nor a directory'),
    });
  });
});

describe('the output of aws dynamodb scan', () => {
  // More than a chunk.
  const count = CHUNK_ROWS + 10;
  const Items = Array.from({ length: count }, (_, number) => ({
    session_hash: { S: `r${number}` },
    first_accessed: { S: SEEN_AT },
    last_accessed: { S: SEEN_AT },
    tags: { L: [{ M: { 'a ] b': { S: '}{"[' } } }] },
    visits: { N: '12345678901234567890' },
  }));
  const answer = { Items, Count: count, ScannedCount: count, ConsumedCapacity: null };

  it.each([
    ['as printed', () => JSON.stringify(answer, null, 4)],
    ['on one line', () => JSON.stringify(answer)],
    ['with its counts first', () => JSON.stringify({ Count: count, Items }, null, 2)],
    ['as only its items', () => JSON.stringify(Items, null, 2)],
    ['as consecutive items', () => Items.map((item) => JSON.stringify(item, null, 2)).join('\n')],
  ])('%s is imported row by row', { timeout: 60_000 }, async (_, print) => {
    writeFileSync(file, print());
    expect(await importFile()).toMatchObject({ code: 0, read: count, inserted: count });
    expect(await stored(`r${count - 1}`)).toMatchObject({ last_accessed: `${SEEN_AT}.000Z` });
  });

  it('reports the line of an invalid row', async () => {
    const [good = {}, bad = {}] = Items;
    writeFileSync(file, JSON.stringify({ Items: [good, { ...bad, first_accessed: 7 }] }, null, 4));
    expect(await importFile()).toMatchObject({ code: 1, inserted: 1, rejected: 1 });
    const [, reject = ''] = readFileSync(`${file}.import-rejects`, 'utf8').split('\n');
    const { line } = JSON.parse(reject);
    expect(readFileSync(file, 'utf8').split('\n')[line]).toContain('session_hash');
  });

  it('is refused before anything is written if it is truncated', async () => {
    writeFileSync(file, JSON.stringify(answer, null, 4).slice(0, 100_000));
    expect(await importFile()).toMatchObject({
      code: 3,
      err: expect.stringContaining('in the middle'),
    });
    expect(await stored('r0')).toBeUndefined();
  });
});
