import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SYSTEM_CLOCK } from '../../src/cli/clock.ts';
import type { Console } from '../../src/cli/console/console.ts';
import { runCommand } from '../../src/cli/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { useCommandTarget } from '../support/use-command-target.ts';

const { run } = useCommandTarget();

/** File names that do not lead to a usable file. */
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
  '%s is refused with a readable message by %j',
  async (trap, option) => {
    const folder = temporaryFolder();
    const rows = join(folder, 'rows.jsonl');
    writeFileSync(rows, '');
    const args = option.map((word) => (word === 'ROWS' ? rows : word));
    const { code, err } = await run(...args, TRAPS[trap]?.(folder) ?? '');
    // A file that does not exist may be created.
    if (code === 0) return expect(trap).toBe('nothing');
    expect([2, 3]).toContain(code);
    expect(err.trim().split('\n').at(-1)).toMatch(
      /^[^:]* (is|does not exist|already exists|contains no)\b/,
    );
    expect(err).not.toMatch(/E[A-Z]+: |Error: |\n {4}at /);
  },
);

const failWith = async (error: Error) => {
  const errors: string[] = [];
  const command = { summary: '', help: '', run: () => Promise.reject(error) };
  const console = { error: (text: string) => void errors.push(text) } as unknown as Console;
  const signal = new AbortController().signal;
  const code = await runCommand(command, [], { env: {}, console, clock: SYSTEM_CLOCK, signal });
  return { code, errors };
};

it('says that DynamoDB does not respond', async () => {
  const hung = new Error('@smithy/node-http-handler - [ERROR] a request has exceeded the limit');
  hung.name = 'TimeoutError';
  expect(await failWith(hung)).toEqual({
    code: 3,
    errors: [expect.stringMatching(/^DynamoDB does not respond; .* try again\./)],
  });
});

it.each([
  Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:8000'), { code: 'ECONNREFUSED' }),
  Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' }),
])('says that DynamoDB cannot be reached', async (error) => {
  const { code, errors } = await failWith(error);
  expect(code).toBe(3);
  expect(errors).toEqual([
    expect.stringMatching(
      /^DynamoDB cannot be reached; .*run the same command again \(.*ECONNREFUSED.*\)$/,
    ),
  ]);
});
