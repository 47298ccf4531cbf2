import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { visitAt } from '../../support/projected-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database, run } = useCommandTarget();

it('reports that a recording is ahead of its stream, and loses nothing', async () => {
  const file = join(temporaryFolder(), 'all.jsonl');
  const record = () => run('record', '--to', file, '--until-idle', '2');
  const lines = (): string[] => readFileSync(file, 'utf8').trimEnd().split('\n');
  const sequences = (): string[] =>
    lines().flatMap((line) => JSON.parse(line).dynamodb?.SequenceNumber ?? []);
  await visitAt(database(), '2026-11-20T10:00:00.000Z', ['a', 'b', 'c']);
  await record();
  const [first, second, third = ''] = sequences();
  // As if an older copy of the database had been restored: its stream ends before the position.
  const ahead = `${BigInt(third) + 5n}`.padStart(third.length, '0');
  const changed = lines().map((line) =>
    line.replaceAll(`"SequenceNumber":"${third}"`, `"SequenceNumber":"${ahead}"`),
  );
  writeFileSync(file, `${changed.join('\n')}\n`);
  const { code, err } = await record();
  expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('restored or replaced') });
  expect(sequences()).toEqual([first, second, ahead, first, second, third]);
});
