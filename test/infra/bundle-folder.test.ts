import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('is the dist folder of this package, whatever the working directory of the app', () => {
  const file = resolve('infra/bundle-folder.ts');
  const script = `console.log((await import(${JSON.stringify(file)})).BUNDLE_FOLDER)`;
  const options = { cwd: temporaryFolder(), encoding: 'utf8' } as const;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], options);
  expect(stdout).toBe(`${resolve('dist')}\n`);
});
