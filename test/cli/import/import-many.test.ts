import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished, vi } from 'vitest';
import { tableOptions } from '../../support/counter-command.ts';
import { project, untilCounted } from '../../support/projected-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database } = useCommandTarget('disk');
const ROWS = Number(process.env.IMPORT_ROWS ?? 1_500);

// Of every hundred, one is malformed and one repeats the previous row.
const oldLine = (number: number): string => {
  if (number % 100 === 7) return `{"session_hash": "row-${number}", "first_accessed": "?"}`;
  const name = number % 100 === 50 ? number - 1 : number;
  const seenAt = '2024-05-01T12:00:00.123456';
  return JSON.stringify({
    session_hash: `row-${name}`,
    first_accessed: seenAt,
    last_accessed: seenAt,
  });
};

it(`imports ${ROWS} rows, even if it is killed twice`, { timeout: 600_000 }, async () => {
  const folder = temporaryFolder();
  const [file, rejects, state] = ['rows.jsonl', 'rejects', 'state'].map((name) =>
    join(folder, name),
  );
  writeFileSync(
    file ?? '',
    Array.from({ length: ROWS }, (_, number) => oldLine(number)).join('\n'),
  );
  const args = [
    ...['src/cli/main.ts', 'import', '--json', ...tableOptions(database())],
    ...['--from-file', `${file}`, '--rejects', `${rejects}`, '--state', `${state}`],
    ...['--max-write-units', '100000', '--count-visitors-again'],
  ];
  const start = () => {
    const child = spawn(process.execPath, args, { env: process.env });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  };
  const rowsRead = (): number => {
    const lines = existsSync(`${state}`) ? readFileSync(`${state}`, 'utf8').split('\n') : [];
    const last = lines.slice(1, -1).at(-1);
    return last === undefined ? 0 : JSON.parse(last).sums.read;
  };
  for (const part of [0.2, 0.45]) {
    const child = start();
    await vi.waitUntil(() => rowsRead() >= ROWS * part, { timeout: 300_000, interval: 5 });
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  const startedAt = Date.now();
  const already = rowsRead();
  const last = start();
  const result = JSON.parse(await text(last.stdout));
  const perSecond = Math.round((ROWS - already) / ((Date.now() - startedAt) / 1_000));
  process.stdout.write(`${perSecond} rows/s, ${result.writeUnits} write units for ${ROWS} rows\n`);

  const malformed = Array.from({ length: ROWS }, (_, number) => number).filter(
    (n) => n % 100 === 7,
  );
  expect(result).toMatchObject({ read: ROWS, rejected: malformed.length });
  const rejected = readFileSync(`${rejects}`, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line));
  expect(rejected.map(({ line }) => line)).toEqual(malformed.map((number) => number + 1));
  project(database());
  await vi.waitFor(() => untilCounted(database(), { total: ROWS * 0.98, removed: 0 }), {
    timeout: 60_000,
  });
});
