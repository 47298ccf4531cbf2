import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import type { DashboardPage } from './dashboard-routes.ts';

const FOLDER = join(import.meta.dirname, 'page');

const COMMON: BuildOptions = {
  ...{ bundle: true, minify: true, charset: 'utf8', legalComments: 'none' },
  ...{ format: 'esm', target: 'es2022' },
  // The error has it all, and is logged.
  logLevel: 'silent',
};

/** Bundles the page: one ES module without imports, and one style sheet. Throws if esbuild reports an error. */
export const buildDashboardPage = async (): Promise<DashboardPage> => {
  const bundle = async (file: string): Promise<string> => {
    const entryPoints = [join(FOLDER, file)];
    const { outputFiles = [] } = await build({ ...COMMON, entryPoints, write: false });
    return outputFiles[0]?.text ?? '';
  };
  const [script, style] = await Promise.all([bundle('main.ts'), bundle('style.css')]);
  return { html: await readFile(join(FOLDER, 'index.html'), 'utf8'), script, style };
};
