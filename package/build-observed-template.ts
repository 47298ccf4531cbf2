import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { type BuildOptions, build } from 'esbuild';

const PROJECT = resolve(import.meta.dirname, '..');

/**
 * What the local run observes, for the default settings, as JSON: printed by `infra/observed/main.ts`, bundled with
 * these options, so that it names the commands of the package. Throws when esbuild or the script reports an error.
 */
export const buildObservedTemplate = async (options: BuildOptions): Promise<string> => {
  const { outputFiles = [] } = await build({
    ...options,
    entryPoints: [join(PROJECT, 'infra/observed/main.ts')],
    ...{ format: 'esm', write: false },
    // The script is run from standard input, where it has no folder, but finds the packages of this one.
    define: { ...options.define, 'import.meta.dirname': JSON.stringify(join(PROJECT, 'infra')) },
  });
  return execFileSync(process.execPath, ['--input-type=module'], {
    ...{ cwd: PROJECT, encoding: 'utf8' },
    input: outputFiles[0]?.text ?? '',
  });
};
