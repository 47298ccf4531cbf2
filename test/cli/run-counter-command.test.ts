import { describe, expect, it, vi } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { runCommandHere } from '../support/counter-command.ts';
import { startFailingDynamoDB } from '../support/failing-dynamodb.ts';
import { useCommandTarget } from '../support/use-command-target.ts';

const { database, run } = useCommandTarget();
const failing = startFailingDynamoDB(() => database().endpoint);
const NAMES = Object.keys(COMMANDS);
const FORGET = ['--ip', '203.0.113.7', '--user-agent', 'Firefox'];
const NEEDED: Record<string, string[]> = {
  forget: FORGET,
  drop: ['blog/a'],
  retract: ['--from', '2026-11-27T03:00Z', '--to', '2026-11-27T05:00Z'],
  restore: ['--from-table', 'backup'],
  record: ['--to', '/dev/null'],
  import: ['--from-table', 'older'],
  replay: ['--compare', '--from', '/dev/null'],
};
const argsOf = (name: string): string[] => [name, ...(NEEDED[name] ?? [])];

describe('the help', () => {
  it('lists every command and the exit codes', async () => {
    const { code, out } = await runCommandHere(['--help']);
    expect(code).toBe(0);
    for (const name of NAMES) expect(out).toContain(`  ${name}`);
    expect(out).toContain('\n  130  interrupted');
  });

  it.each(NAMES)('of %s has examples, and needs no target', async (name) => {
    const { code, out } = await runCommandHere([name, '--help']);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('\nExamples:\n') });
  });

  it('is shown for a missing or an unknown command', async () => {
    expect(await runCommandHere([])).toMatchObject({ code: 2 });
    const { code, err } = await runCommandHere(['recount']);
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringMatching(/^Unknown command "recount"[\s\S]+ status /),
    });
  });
});

describe.each(NAMES)('%s', (name) => {
  it('requires exactly one target', async () => {
    for (const target of [
      [],
      ['--local', '--stack', 'x'],
      ['--counts-table', 'x'],
      ['--data', 'x'],
    ]) {
      const { code, err } = await runCommandHere([...argsOf(name), ...target]);
      expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('one of') });
    }
  });

  it('refuses unknown options', async () => {
    const { code, err } = await run(...argsOf(name), '--fast');
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("'--fast'") });
  });

  it('says that a table does not exist', async () => {
    vi.stubEnv('HASH_KEY', 'k'.repeat(32));
    const tables = ['--sessions-table', 'away', '--counts-table', 'gone'];
    const { code, err } = await runCommandHere([...argsOf(name), ...tables]);
    expect({ code, err }).toEqual({
      code: 3,
      err: expect.stringContaining('The table does not exist'),
    });
  });

  it('says that a permission is missing, as JSON for a script', async () => {
    vi.stubEnv('HASH_KEY', 'k'.repeat(32));
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', (await failing).endpoint);
    (await failing).trouble = 'denied';
    const { code, err } = await run(...argsOf(name), '--json');
    (await failing).trouble = 'nothing';
    expect(code).toBe(3);
    expect(JSON.parse(err)).toEqual({ error: expect.stringContaining('lack a permission') });
  });
});
