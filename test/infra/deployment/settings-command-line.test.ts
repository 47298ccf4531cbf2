import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { settingsCommandLine } from '../../../infra/deployment/settings-command-line.ts';

const line = (file: string): string => settingsCommandLine('destroy', file, '--confirm blog');

it('names the settings file, unless it is the one that is read without', () => {
  expect(line('sites/blog.json')).toBe(
    'npm run destroy -- --settings sites/blog.json --confirm blog',
  );
  expect(line('session-counter.json')).toBe('npm run destroy -- --confirm blog');
});

it.each(["my sites/mother's.json", 'a "b" $HOME `c`.json', 'a&b;c.json'])(
  'can be pasted into a shell with the file %s',
  (file) => {
    const words = line(file).replace('npm run destroy --', "printf '%s\\n'");
    const pasted = execFileSync('sh', ['-c', words], { encoding: 'utf8' });
    expect(pasted).toBe(`--settings\n${file}\n--confirm\nblog\n`);
  },
);
