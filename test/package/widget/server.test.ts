import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { WIDGET_EXPORTS } from '../../../package/widget-exports.ts';
import { createWidgetProject } from './support/widget-project.ts';

const MODULES = Object.keys(WIDGET_EXPORTS)
  .filter((path) => !path.endsWith('.json'))
  .map((path) => path.replace('.', 'session-counter'));

/** Imports of all modules, bundled for this platform. */
const bundleFor = async (platform: 'browser' | 'node', conditions: string[] = []) => {
  const resolveDir = await createWidgetProject();
  const contents = MODULES.map((name) => `import '${name}';`).join('\n');
  const { outputFiles } = await build({
    ...{ stdin: { contents, resolveDir }, platform, conditions },
    ...{ bundle: true, format: 'esm', write: false },
  });
  return outputFiles[0]?.text ?? '';
};

it('Node.js imports and requires each module, and runs nothing', async () => {
  const cwd = await createWidgetProject();
  const code = MODULES.map((name) => `await import('${name}');`).join('\n');
  const { stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    ...{ cwd, encoding: 'utf8' },
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  const require = createRequire(join(cwd, 'package.json'));
  expect(MODULES.map((name) => Object.keys(require(name)))).toEqual(MODULES.map(() => []));
});

it('a bundle for browsers registers the element once', async () => {
  const text = await bundleFor('browser');
  expect(text.match(/customElements\.define\(/g)).toHaveLength(1);
});

it.each([
  ['Node.js', 'node', []],
  ['workers', 'browser', ['worker']],
  ['the edge runtime of Next.js', 'browser', ['edge-light']],
] as const)('a bundle for %s has no trace of the DOM', async (_, platform, conditions) => {
  expect(await bundleFor(platform, [...conditions])).not.toMatch(/HTMLElement|customElements/);
});
