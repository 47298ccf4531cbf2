import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { deleteSession } from '../../../src/tables/delete-session.ts';
import { tableOptions } from '../../support/counter-command.ts';
import { jsonOfCounter } from '../../support/json-of-counter.ts';
import { injectDrift, project, untilCounted, visitAt } from '../../support/projected-database.ts';
import { storeRows } from '../../support/session-rows.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, number) => `${prefix}-${number}`);
const SEEN_AT = '2026-11-20T10:00:00.000Z';
// Without the header.
const linesOf = (file: string): string[] =>
  readFileSync(file, 'utf8').trimEnd().split('\n').slice(1);
const recordsIn = (file: string): number => (existsSync(file) ? linesOf(file).length : 0);
const replayed = async (...from: string[]) => {
  const { code, out } = await run(
    'replay',
    '--compare',
    '--json',
    ...from.flatMap((path) => ['--from', path]),
  );
  const { counters, ...rest } = JSON.parse(out);
  return { code, counters, ...rest, ...counters.site };
};

let file: string;
beforeEach(() => {
  file = join(temporaryFolder(), 'all.jsonl');
});
const record = () => run('record', '--to', file, '--until-idle', '2');

const countSome = async (): Promise<void> => {
  project(database());
  await visitAt(database(), '2026-11-20T10:00:00.000Z', names('a', 4));
  await visitAt(database(), '2026-11-21T10:00:00.000Z', names('b', 3));
  await visitAt(database(), '2026-11-22T10:00:00.000Z', ['a-1', 'c']);
  await deleteSession(database().client, database().tables.SESSIONS_TABLE, 'a-2');
  await untilCounted(database(), { total: 8, removed: 1 });
};

describe('a recording', () => {
  it('replays to the counts of the live counter, day by day', async () => {
    await countSome();
    expect((await record()).code).toBe(0);
    expect(await replayed(file)).toMatchObject({
      ...{ code: 0, total: 8, removed: 1, records: 9, duplicates: 0, malformed: 0 },
      days: { '2026-11-20': 4, '2026-11-21': 3, '2026-11-22': 1 },
      live: { total: 8, removed: 1, days: { '2026-11-20': 4, '2026-11-21': 3, '2026-11-22': 1 } },
    });
  });

  it('replays what was taken back and what was restored', async () => {
    await countSome();
    await run('retract', '--from', '2026-11-21T00:00Z', '--to', '2026-11-22T00:00Z', '--yes');
    const restored = { session_hash: 'a-2', first_accessed: SEEN_AT, last_accessed: SEEN_AT };
    await storeRows(database(), [{ ...restored, restored: SEEN_AT }]);
    await untilCounted(database(), { total: 5, removed: 0 });
    expect((await record()).code).toBe(0);
    expect(await replayed(file)).toMatchObject({
      ...{ code: 0, total: 5, removed: 0 },
      days: { '2026-11-20': 4, '2026-11-21': 0, '2026-11-22': 1 },
    });
  });

  it('shows that the live counter is wrong', async () => {
    await countSome();
    await record();
    await injectDrift(database(), 2);
    expect(await replayed(file)).toMatchObject({ code: 1, total: 8, live: { total: 10 } });
  });

  it('contains hashes and times, and nothing else of a row', async () => {
    await visitAt(database(), SEEN_AT, ['a']);
    await record();
    const { dynamodb } = JSON.parse(linesOf(file)[0] ?? '');
    expect(Object.keys(dynamodb.NewImage).sort()).toEqual([
      'first_accessed',
      'last_accessed',
      'session_hash',
    ]);
  });

  it('continues where it stopped, even after a truncated line', async () => {
    await visitAt(database(), SEEN_AT, names('a', 3));
    await record();
    appendFileSync(file, '{"shardId":"to');
    await visitAt(database(), SEEN_AT, names('b', 2));
    await record();
    expect(linesOf(file).map((line) => JSON.parse(line).eventName)).toHaveLength(5);
  });

  it('is complete even if the recorder is killed repeatedly', { timeout: 60_000 }, async () => {
    let visits = 0;
    for (let round = 0; round < 4; round += 1) {
      const args = ['src/cli/main.ts', 'record', '--to', file, ...tableOptions(database())];
      const child = spawn(process.execPath, args, { env: process.env, stdio: 'ignore' });
      onTestFinished(() => void child.kill('SIGKILL'));
      const before = recordsIn(file);
      // Visits go on until the recorder has written some of them, and a little longer.
      for (let more = 20; more > 0; visits += 1, await delay(5)) {
        await visitAt(database(), SEEN_AT, [`visitor-${visits}`]);
        if (recordsIn(file) > before) more -= 1;
      }
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await record();
    project(database());
    await untilCounted(database(), { total: visits, removed: 0 });
    expect(await replayed(file)).toMatchObject({ code: 0, total: visits });
  });
});

describe('a replay', () => {
  beforeEach(async () => {
    await countSome();
    await record();
  });

  it('gives the same counts from parts in any order, with repeats and with gzip', async () => {
    const folder = temporaryFolder();
    const lines = linesOf(file);
    const write = (name: string, part: string[]) =>
      writeFileSync(join(folder, name), `${part.toReversed().join('\n')}\n`);
    write('1.jsonl', lines.slice(5));
    write('2.jsonl', lines.slice(0, 6));
    writeFileSync(join(folder, '3.jsonl.gz'), gzipSync(lines.join('\n')));
    expect(await replayed(folder)).toMatchObject({ code: 0, total: 8, removed: 1, duplicates: 10 });
  });

  it('accepts the event of a Lambda invocation', async () => {
    const records = linesOf(file).map((line) => JSON.parse(line));
    const event = { shardId: records[0].shardId, Records: records };
    writeFileSync(file, JSON.stringify(event, null, 2));
    expect(await replayed(file)).toMatchObject({ code: 0, total: 8 });
    writeFileSync(file, JSON.stringify({ Records: records }));
    const { code, err } = await run('replay', '--compare', '--from', file);
    expect({ code, err }).toEqual({ code: 3, err: expect.stringContaining(':1 has no shardId') });
  });

  it('ignores records written after --until', async () => {
    const lines = linesOf(file).map((line) => JSON.parse(line));
    for (const [index, line] of lines.entries()) {
      line.dynamodb.ApproximateCreationDateTime = 1_795_000_000 + index;
    }
    writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
    const until = new Date((1_795_000_000 + 3) * 1_000).toISOString();
    const { out } = await run('replay', '--compare', '--from', file, '--until', until, '--json');
    expect(jsonOfCounter(out)).toMatchObject({ records: 4, total: 4 });
  });

  it('prints both counters side by side', async () => {
    const { out } = await run('replay', '--compare', '--from', file);
    expect(out).toMatch(/Distinct sessions +8 +8\n/);
    expect(out).toMatch(/New on 2026-11-21 +3 +3\n/);
  });

  it('ignores a truncated last line, but reports any other', async () => {
    const [first = '', ...rest] = linesOf(file);
    writeFileSync(file, [first, ...rest, '{"shar'].join('\n'));
    expect((await replayed(file)).code).toBe(0);
    writeFileSync(file, [first, '{"shar', ...rest].join('\n'));
    const { code, err } = await run('replay', '--compare', '--from', file);
    expect({ code, err }).toEqual({ code: 3, err: `${file}:2 is not valid JSON\n` });
  });

  it.each([
    { args: ['--compare'], code: 2, says: '--from PATH' },
    {
      args: ['--compare', '--from', '/nowhere.jsonl'],
      code: 3,
      says: '/nowhere.jsonl does not exist',
    },
    {
      args: ['--compare', '--from', 'x', '--until', 'noon'],
      code: 2,
      says: '--until must be a time',
    },
    { args: ['--from', 'x'], code: 2, says: 'requires --compare' },
  ])('says what is wrong with $args', async ({ args, code, says }) => {
    expect(await run('replay', ...args)).toMatchObject({
      code,
      err: expect.stringContaining(says),
    });
  });
});

it('a truncated gzip file is an error', async () => {
  const half = join(temporaryFolder(), 'half.jsonl.gz');
  writeFileSync(half, gzipSync('{"shardId":"a"}\n'.repeat(100)).subarray(0, 40));
  const { code, err } = await run('replay', '--compare', '--from', half);
  expect({ code, err }).toEqual({
    code: 3,
    err: expect.stringContaining('cannot be read after line'),
  });
});

it('a recording replays to the numbers of each counter', async () => {
  const BLOG = 'blog/first-post';
  project(database());
  await visitAt(database(), SEEN_AT, names('s', 3));
  await visitAt(database(), SEEN_AT, names('b', 2), BLOG);
  const { client, tables } = database();
  await deleteSession(client, tables.SESSIONS_TABLE, 'b-1');
  await untilCounted(database(), { total: 2, removed: 1 }, BLOG);
  await untilCounted(database(), { total: 3, removed: 0 });
  await record();
  expect(await replayed(file)).toMatchObject({
    ...{ code: 0, records: 6 },
    counters: {
      site: { total: 3, removed: 0, live: { total: 3 } },
      [BLOG]: { total: 2, removed: 1, live: { total: 2, removed: 1 } },
    },
  });
  const blog = await run('replay', '--from', file, '--counter', BLOG, '--compare', '--json');
  expect(jsonOfCounter(blog.out, BLOG)).toMatchObject({ records: 3, total: 2, removed: 1 });
  await injectDrift(database(), 1, undefined, BLOG);
  expect(await run('replay', '--from', file, '--compare')).toMatchObject({
    ...{ code: 1, out: expect.stringContaining(`The totals differ: ${BLOG}.`) },
  });
});
