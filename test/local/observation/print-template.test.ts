import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { printTemplate } from '../../../src/local/observation/print-template.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const SETTINGS = { name: 'blog', counters: [], watch: ['site'], legacyRoute: false };

const scriptOf = (code: string): string => {
  const script = join(temporaryFolder(), 'script.mjs');
  writeFileSync(script, code);
  return script;
};

const run = (code: string, signal = new AbortController().signal): Promise<string> =>
  printTemplate(scriptOf(code))(SETTINGS, signal);

it('returns what the script prints for the settings', async () => {
  expect(JSON.parse(await run('process.stdout.write(process.argv[2])'))).toEqual(SETTINGS);
});

it('throws what the script reports', async () => {
  const script = "process.stderr.write('no such counter'); process.exitCode = 1;";
  await expect(run(script)).rejects.toThrow(
    new Error('The template cannot be synthesized: no such counter'),
  );
});

it('says in a sentence which setting has no template', async () => {
  const print = printTemplate(resolve(import.meta.dirname, '../../../infra/observed/main.ts'));
  const settings = { ...SETTINGS, watch: ['nope'] };
  await expect(print(settings, new AbortController().signal)).rejects.toThrow(
    new Error(
      'The template cannot be synthesized: watch must be names that counters admits, but it is "nope"',
    ),
  );
});

it('ends the script when the signal aborts', async () => {
  const abort = new AbortController();
  const printing = run('setInterval(() => undefined, 1_000)', abort.signal);
  abort.abort();
  await expect(printing).rejects.toThrow('aborted');
});

it('ends a script that hangs, even one that ignores signals', async () => {
  const hanging = "process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1_000)";
  const print = printTemplate(scriptOf(hanging), 200);
  await expect(print(SETTINGS, new AbortController().signal)).rejects.toThrow(
    new Error('The template cannot be synthesized: it took longer than 0.2 s'),
  );
});
