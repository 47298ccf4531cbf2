import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

// What a computer has on which nobody ever signed in to AWS.
const awayFromAws = (home: string): NodeJS.ProcessEnv => {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name));
  return { ...Object.fromEntries(kept), HOME: home, AWS_EC2_METADATA_DISABLED: 'true' };
};

const synth = (folder: string, ...args: string[]): void => {
  const command = ['synth', '--quiet', '--output', join(folder, 'out'), ...args];
  execFileSync('node_modules/.bin/cdk', command, { env: awayFromAws(folder), stdio: 'pipe' });
};

it('synthesizes without an account, with the code of all functions', { timeout: 60_000 }, () => {
  const folder = temporaryFolder();
  synth(folder, '-c', 'name=blog');
  const { Resources, Outputs } = JSON.parse(
    readFileSync(join(folder, 'out', 'blog.template.json'), 'utf8'),
  );
  expect(Object.keys(Resources).length).toBeGreaterThan(40);
  expect(Object.keys(Outputs)).toEqual([
    'ApiUrl',
    'DashboardUrl',
    'Html',
    'SessionsTable',
    'CountsTable',
    'Settings',
  ]);
  const assets = readdirSync(join(folder, 'out')).filter((name) => name.startsWith('asset.'));
  expect(assets).toHaveLength(5);
});

it('says what is wrong with the context, and makes no template', { timeout: 60_000 }, () => {
  const folder = temporaryFolder();
  expect(() => synth(folder, '-c', 'keepTables=no')).toThrow(
    'Context value keepTables must be true or false, but it is "no"',
  );
});
