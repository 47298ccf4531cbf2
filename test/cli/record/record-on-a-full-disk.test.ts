import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { tableOptions } from '../../support/counter-command.ts';
import { runOnFullDisk } from '../../support/full-disk.ts';
import { visitAt } from '../../support/projected-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const SEEN_AT = '2026-11-20T10:00:00.000Z';
const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, number) => `${prefix}-${number}`);

let file: string;
beforeEach(() => {
  file = join(temporaryFolder(), 'all.jsonl');
});
// If the code is broken, only a link can be lost.
const linkTo = (target: string): string => {
  symlinkSync(target, file);
  return file;
};
const hashesIn = (): string[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .flatMap(({ dynamodb }) => dynamodb?.Keys.session_hash.S ?? []);

const recordWithin = (kilobytes: number) =>
  runOnFullDisk(kilobytes, [
    ...['record', '--to', file, '--until-idle', '1'],
    ...tableOptions(database()),
  ]);

describe('a recording on a full disk', { timeout: 60_000 }, () => {
  it('contains what it reports, and continues without loss once there is room', async () => {
    await visitAt(database(), SEEN_AT, names('a', 60));
    const first = recordWithin(64);
    await visitAt(database(), SEEN_AT, names('b', 240));
    const { code, err } = await first;
    expect(code).toBe(3);
    expect(err).toContain(`${file} has reached the maximum file size`);
    const reported = Number(/\. (\d+) records? of this run had been written/.exec(err)?.[1]);
    expect(hashesIn()).toHaveLength(reported);
    expect((await recordWithin(64)).code).toBe(3);
    expect((await recordWithin(10_000)).code).toBe(0);
    expect(hashesIn()).toEqual([...names('a', 60), ...names('b', 240)]);
  });

  it('does not report that a batch is retried', async () => {
    await visitAt(database(), SEEN_AT, names('a', 20));
    expect((await recordWithin(1)).err).not.toContain('is retried');
  });
});

describe('--to', () => {
  it.each([
    ['a line without a newline', 'a letter to a friend'],
    ['lines of JSON', '{"a":1}\n{"b":2}\n'],
    ['records without our header', '{"shardId":"a","dynamodb":{"SequenceNumber":"1"}}\n'],
  ])('is never a file that contains %s', async (_, content) => {
    writeFileSync(file, content);
    await visitAt(database(), SEEN_AT, ['a']);
    const { code, err } = await run('record', '--to', file, '--until-idle', '1');
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringContaining('was not created by this command'),
    });
    expect(readFileSync(file, 'utf8')).toBe(content);
  });

  it('is never the recording of another stream', async () => {
    const content = '{"session-counter":"recording","of":"another stream"}\n';
    writeFileSync(file, content);
    const { code, err } = await run('record', '--to', file, '--until-idle', '1');
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('of another stream') });
    expect(readFileSync(file, 'utf8')).toBe(content);
  });

  it.each([
    ['a directory', () => temporaryFolder(), 2, 'is a directory'],
    ['a device', () => linkTo('/dev/full'), 2, 'is not a regular file'],
    ['in a missing directory', () => join(file, 'x'), 3, 'does not exist'],
    ['in a read-only place', () => '/proc/self/x', 3, 'does not exist'],
  ])('%s is refused with a readable message', async (_, name, code, says) => {
    const result = await run('record', '--to', name(), '--until-idle', '1');
    expect(result).toMatchObject({ code, err: expect.stringContaining(says) });
    expect(result.err).not.toMatch(/E[A-Z]+: /);
  });
});
