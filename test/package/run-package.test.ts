import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { useInstalledPackage } from './installed-package.ts';

const { project, run, start } = useInstalledPackage();

const startCounter = async (...args: string[]): Promise<string> => {
  const child = start('start', '--port', '0', ...args);
  onTestFinished(() => void child.kill());
  let printed = '';
  for (const output of [child.stdout, child.stderr])
    output?.on('data', (text) => (printed += text));
  return vi.waitFor(
    () => {
      const url = /http:\/\/localhost:\d+/.exec(printed)?.[0];
      if (url && printed.includes('Ctrl-C')) return url;
      throw new Error(`It does not serve; it printed: ${printed}`);
    },
    { timeout: 15_000 },
  );
};

it('counts a visit on the embedded database, and shows it to the page and to the operator', async () => {
  const url = await startCounter('--data', 'counts');
  const headers = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };
  const visit = await fetch(`${url}/sessions`, { method: 'POST', headers });
  expect(await visit.json()).toEqual({ counted: true });
  await vi.waitFor(async () => {
    const counts = await (await fetch(`${url}/counts`)).json();
    expect(counts).toMatchObject({ unique_session_count: 1, active_sessions: 1 });
  });
  const status = run('status', '--local', '--data', 'counts', '--json');
  expect(JSON.parse(status.printed)).toMatchObject({ total: 1, active: 1, rows: 1 });
  const page = await (await fetch(url)).text();
  expect(page).toContain('<session-counter');
  expect(await (await fetch(`${url}/widget.js`)).text()).toContain('session-counts');
});

it('synthesizes the template of a settings file, without an account or a cdk.json', () => {
  writeFileSync(join(project, 'blog.json'), '{ "name": "blog", "retentionDays": 30 }');
  const { code, printed } = run('synth', '--settings', 'blog.json');
  expect({ code, printed }).toEqual({
    code: 0,
    printed: expect.stringContaining('the stack blog'),
  });
  const path = join(project, 'cdk.out/blog.template.json');
  const { Resources } = JSON.parse(readFileSync(path, 'utf8'));
  const functions = Object.values<{ Type: string }>(Resources).filter(
    ({ Type }) => Type === 'AWS::Lambda::Function',
  );
  expect(functions).toHaveLength(5);
  expect(existsSync(join(project, 'cdk.out/tree.json'))).toBe(true);
});
