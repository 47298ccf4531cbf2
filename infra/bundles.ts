import { type BuildOptions, build, type Metafile } from 'esbuild';

/** The functions that are deployed, by the folder of their entry point. */
export const FUNCTIONS = ['ingest', 'projector', 'query'] as const;

export type FunctionName = (typeof FUNCTIONS)[number];

// Packages that are CommonJS inside call require(), which an ES module does not have.
const REQUIRE_BANNER =
  "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";

/**
 * How a function becomes one file with the SDK inside. ES modules all the way let esbuild leave
 * out the commands that a function does not send, which nearly halves it.
 */
export const bundleOptions = (name: FunctionName): BuildOptions => ({
  entryPoints: [`src/${name}/lambda.ts`],
  outfile: `dist/${name}/index.mjs`,
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  banner: { js: REQUIRE_BANNER },
  legalComments: 'none',
  metafile: true,
});

/** Bundles a function into dist/. Throws when esbuild finds an error. */
export const bundleFunction = async (name: FunctionName): Promise<Metafile | undefined> =>
  (await build(bundleOptions(name))).metafile;

/** The text of a function's bundle, written nowhere. Throws when esbuild finds an error. */
export const readBundle = async (name: FunctionName): Promise<string> => {
  const { outputFiles } = await build({ ...bundleOptions(name), write: false });
  return outputFiles[0]?.text ?? '';
};
