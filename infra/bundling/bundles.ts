import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { buildWidget } from '../../src/local/widget-bundle.ts';
import { FUNCTIONS, type FunctionName } from '../../src/settings/function-name.ts';

// Packages that are CommonJS inside call require(), which an ES module does not have.
const REQUIRE_BANNER =
  "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";

const LAMBDA_CREDENTIALS = new URL('lambda-credentials.ts', import.meta.url);

// @aws-sdk/lib-dynamodb does not declare that its modules have no side effects, as the other SDK
// packages do. Without this every function could send every command, a Scan among them.
const shakeDocumentClient: Plugin = {
  name: 'shake-document-client',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /lib-dynamodb|^\./ }, async ({ path, pluginData, ...place }) => {
      const isInside = `${path} ${place.importer}`.includes('@aws-sdk/lib-dynamodb');
      if (pluginData === 'resolving' || !isInside) return undefined;
      const resolved = await resolve(path, { ...place, pluginData: 'resolving' });
      return { ...resolved, sideEffects: false };
    });
  },
};

/**
 * How a function becomes one file with the SDK inside. ES modules all the way let esbuild leave
 * out the commands that a function does not send.
 */
const OPTIONS: BuildOptions = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  banner: { js: REQUIRE_BANNER },
  legalComments: 'none',
  alias: { '@aws-sdk/credential-provider-node': fileURLToPath(LAMBDA_CREDENTIALS) },
  plugins: [shakeDocumentClient],
};

const optionsOf = (name: FunctionName): BuildOptions => optionsFrom(`src/${name}`, name);

const optionsFrom = (folder: string, name: string): BuildOptions => ({
  ...OPTIONS,
  entryPoints: [`${folder}/lambda.ts`],
  outfile: `dist/${name}/index.mjs`,
});

const OBSERVER = optionsFrom('proof/observation/observer', 'observer');

/**
 * Bundles every function into dist/, and the widget beside query, which serves it. Throws when
 * esbuild finds an error or the widget is too large.
 */
export const writeBundles = async (): Promise<void> => {
  const widget = await buildWidget();
  await Promise.all(FUNCTIONS.map((name) => build(optionsOf(name))));
  writeFileSync('dist/query/widget.js', widget);
};

/** Bundles the observer into dist/. Throws when esbuild finds an error. */
export const writeObserverBundle = async (): Promise<void> => void (await build(OBSERVER));

/** A bundle that is written nowhere. */
export interface Bundled {
  readonly text: string;
  /** How many of its bytes come from which file. */
  readonly inputs: Readonly<Record<string, number>>;
}

/** A function's bundle as it is deployed. Throws when esbuild finds an error. */
export const bundleFunction = (name: FunctionName): Promise<Bundled> => bundle(optionsOf(name));

/** The observer's bundle as it is deployed. Throws when esbuild finds an error. */
export const bundleObserver = (): Promise<Bundled> => bundle(OBSERVER);

/** The bundle of any other source, made in the same way. Throws when esbuild finds an error. */
export const bundleSource = (contents: string): Promise<Bundled> =>
  bundle({ ...OPTIONS, stdin: { contents, resolveDir: process.cwd(), loader: 'ts' } });

const bundle = async (options: BuildOptions): Promise<Bundled> => {
  const { outputFiles, metafile } = await build({ ...options, write: false, metafile: true });
  const [output] = Object.values(metafile?.outputs ?? {});
  const inputs = Object.entries(output?.inputs ?? {});
  return {
    text: outputFiles?.[0]?.text ?? '',
    inputs: Object.fromEntries(inputs.map(([path, { bytesInOutput }]) => [path, bytesInOutput])),
  };
};
