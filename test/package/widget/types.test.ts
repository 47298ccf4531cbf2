import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { createWidgetProject, writeJson } from './support/widget-project.ts';

const FRAMEWORKS = ['@types/react', 'preact', 'solid-js', 'vue', 'svelte'];

const OPTIONS = {
  ...{ target: 'es2024', lib: ['es2024', 'dom', 'dom.iterable'], types: [], jsx: 'preserve' },
  ...{ strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true },
};

// The files in `types` use the element correctly, and expect an error where they do not. The declarations
// themselves are checked once, with those of the frameworks, which takes seconds.
it.each([
  { module: 'esnext', moduleResolution: 'bundler' },
  { module: 'nodenext', moduleResolution: 'nodenext', skipLibCheck: true },
])(
  'the types accept the attributes and refuse others in each framework, with $module',
  async (modules) => {
    const project = await createWidgetProject(FRAMEWORKS);
    cpSync('test/package/widget/types', project, { recursive: true });
    writeJson(join(project, 'tsconfig.json'), { compilerOptions: { ...OPTIONS, ...modules } });
    const { stdout } = spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc')], {
      ...{ cwd: project, encoding: 'utf8' },
    });
    expect(stdout).toBe('');
  },
);
