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
// A link is all that a fault can destroy.
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
    ...['record', '--to', file, '--until-idle', '2'],
    ...tableOptions(database()),
  ]);

describe('a recording on a full disk', { timeout: 60_000 }, () => {
  it('holds what it says it holds, and goes on without a loss when there is room', async () => {
    await visitAt(database(), SEEN_AT, names('a', 60));
    const first = recordWithin(64);
    await visitAt(database(), SEEN_AT, names('b', 240));
    const { code, err } = await first;
    expect(code).toBe(3);
    expect(err).toContain(`${file} has reached the largest size`);
    const said = Number(/Before that, (\d+) records? of this run/.exec(err)?.[1]);
    expect(hashesIn()).toHaveLength(said);
    expect((await recordWithin(64)).code).toBe(3);
    expect((await recordWithin(10_000)).code).toBe(0);
    expect(hashesIn()).toEqual([...names('a', 60), ...names('b', 240)]);
  });

  it('says nothing of a batch that comes again', async () => {
    await visitAt(database(), SEEN_AT, names('a', 20));
    expect((await recordWithin(1)).err).not.toContain('is retried');
  });
});

describe('--to', () => {
  it.each([
    ['one line without an end', 'a letter to a friend'],
    ['lines of JSON', '{"a":1}\n{"b":2}\n'],
    ['records without a first line of ours', '{"shardId":"a","dynamodb":{"SequenceNumber":"1"}}\n'],
  ])('is never a file that holds %s', async (_, content) => {
    writeFileSync(file, content);
    await visitAt(database(), SEEN_AT, ['a']);
    const { code, err } = await run('record', '--to', file, '--until-idle', '1');
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('did not make it') });
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
    ['a folder', () => temporaryFolder(), 2, 'is a folder'],
    ['a device', () => linkTo('/dev/full'), 2, 'is no file on a disk'],
    ['in no folder', () => join(file, 'x'), 3, 'is not there'],
    ['where nobody writes', () => '/proc/self/x', 3, 'is not there'],
  ])('that is %s is answered with a sentence', async (_, name, code, says) => {
    const result = await run('record', '--to', name(), '--until-idle', '1');
    expect(result).toMatchObject({ code, err: expect.stringContaining(says) });
    expect(result.err).not.toMatch(/E[A-Z]+: /);
  });
});
