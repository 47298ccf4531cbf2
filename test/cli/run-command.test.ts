import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { useCommandTarget } from '../support/use-command-target.ts';

const { run } = useCommandTarget();

/** What a name of a file may lead to, but what is asked for. */
const TRAPS: Readonly<Record<string, (folder: string) => string>> = {
  nothing: (folder) => join(folder, 'nothing.jsonl'),
  'nothing, by a link': (folder) => {
    symlinkSync('/nowhere/x', join(folder, 'link'));
    return join(folder, 'link');
  },
  'itself, by a link': (folder) => {
    symlinkSync('loop', join(folder, 'loop'));
    return join(folder, 'loop');
  },
  'a file in a file': (folder) => {
    writeFileSync(join(folder, 'file'), '');
    return join(folder, 'file', 'x');
  },
  'an empty folder': (folder) => {
    mkdirSync(join(folder, 'empty'));
    return join(folder, 'empty');
  },
  'a name that is too long': (folder) => join(folder, 'x'.repeat(300)),
};
const OPTIONS: readonly (readonly string[])[] = [
  ['import', '--from-file'],
  ['import', '--from-file', 'ROWS', '--rejects'],
  ['import', '--from-file', 'ROWS', '--state'],
  ['record', '--until-idle', '1', '--to'],
  ['replay', '--compare', '--from'],
];

it.each(Object.keys(TRAPS).flatMap((trap) => OPTIONS.map((option) => [trap, option] as const)))(
  '%s is answered with a sentence when it is given to %j',
  async (trap, option) => {
    const folder = temporaryFolder();
    const rows = join(folder, 'rows.jsonl');
    writeFileSync(rows, '');
    const args = option.map((word) => (word === 'ROWS' ? rows : word));
    const { code, err } = await run(...args, TRAPS[trap]?.(folder) ?? '');
    // What is not there may be made.
    if (code === 0) return expect(trap).toBe('nothing');
    expect([2, 3]).toContain(code);
    expect(err.trim().split('\n').at(-1)).toMatch(/^[^:]* (is|holds) /);
    expect(err).not.toMatch(/E[A-Z]+: |Error: |\n {4}at /);
  },
);
