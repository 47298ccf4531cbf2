import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tableOptions } from '../../support/counter-command.ts';
import { runOnFullDisk } from '../../support/full-disk.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database } = useCommandTarget();

it('an import reports a full disk, and continues once there is room', {
  timeout: 60_000,
}, async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'rows.jsonl');
  const lines = Array.from({ length: 900 }, (_, number) => {
    const seenAt = number % 2 === 0 ? 'soon' : '2024-05-01T12:00:00';
    const hash = String(number).padStart(22, '0');
    return JSON.stringify({ session_hash: hash, first_accessed: seenAt, last_accessed: seenAt });
  });
  writeFileSync(file, lines.join('\n'));
  const args = ['import', '--json', '--from-file', file, '--max-write-units', '100000'];
  const command = [...args, ...tableOptions(database())];
  const { code, err } = await runOnFullDisk(64, command);
  expect(code).toBe(3);
  expect(err).toContain(`${file}.import-rejects has reached the maximum file size`);
  expect(err).toContain('run the command again');
  const { out } = await runOnFullDisk(100_000, command);
  expect(JSON.parse(out)).toMatchObject({ read: 900, rejected: 450 });
  const rejects = readFileSync(`${file}.import-rejects`, 'utf8').trimEnd().split('\n').slice(1);
  expect(rejects.map((reject) => JSON.parse(reject).line)).toEqual(
    Array.from({ length: 450 }, (_, number) => 2 * number + 1),
  );
  expect(readdirSync(folder)).toEqual(['rows.jsonl', 'rows.jsonl.import-rejects']);
});
