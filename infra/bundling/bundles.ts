import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { buildWidget } from '../../src/local/widget-bundle.ts';
import { BUNDLES, type BundleName, CUSTOM_RESOURCES } from './bundle-names.ts';
import { leaveOutConfigFiles } from './leave-out-config-files.ts';
import { leaveOutEventStreams } from './leave-out-event-streams.ts';
import { BUILTIN_PREFIX, requireBuiltins } from './require-builtins.ts';

// Bundled CommonJS packages and `requireBuiltins` call require(), which ES modules do not have.
const REQUIRE_BANNER = 'const require=process.getBuiltinModule;';

const LAMBDA_CREDENTIALS = new URL('lambda-credentials.ts', import.meta.url);

// In an import statement, or in a path of any system.
const LIB_DYNAMODB = /@aws-sdk[\\/]lib-dynamodb/;

// Unlike the other SDK packages, @aws-sdk/lib-dynamodb does not declare that its modules are free of
// side effects. Without this plugin every bundle would contain every command, even Scan.
const shakeDocumentClient: Plugin = {
  name: 'shake-document-client',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /lib-dynamodb|^\./ }, async ({ path, pluginData, ...place }) => {
      const isInside = LIB_DYNAMODB.test(`${path} ${place.importer}`);
      if (pluginData === 'resolving' || !isInside) return undefined;
      const resolved = await resolve(path, { ...place, pluginData: 'resolving' });
      return { ...resolved, sideEffects: false };
    });
  },
};

/**
 * Bundles a function into one file that includes the SDK. Using only ES modules lets esbuild leave out
 * the commands that a function does not send.
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
  plugins: [shakeDocumentClient, leaveOutConfigFiles, leaveOutEventStreams, requireBuiltins],
};

const PROJECT = resolve(import.meta.dirname, '../..');

const DIST = join(PROJECT, 'dist');

// They run during deployments or at most once a day, and then Lambda's own copy of the SDK is fast enough.
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html#nodejs-sdk-included
const WITHOUT_SDK: readonly BundleName[] = [...CUSTOM_RESOURCES, 'audit', 'digest'];

const optionsOf = (name: BundleName, folder = DIST): BuildOptions => ({
  ...optionsFrom(`src/${name}`, join(folder, name)),
  ...(WITHOUT_SDK.includes(name) && { external: ['@aws-sdk/*'] }),
});

const optionsFrom = (source: string, folder: string): BuildOptions => ({
  ...OPTIONS,
  entryPoints: [join(PROJECT, source, 'lambda.ts')],
  outfile: join(folder, 'index.mjs'),
});

const OBSERVER = optionsFrom('proof/observation/observer', join(DIST, 'observer'));

/**
 * Bundles every function into `folder`, by default dist/, and the widget into the folder of query,
 * which serves it. Resolves to the paths of the files that the bundles of the functions contain. Throws
 * when esbuild reports an error or the widget is too large.
 */
export const writeBundles = async (folder = DIST): Promise<string[]> => {
  const widget = await buildWidget();
  const bundles = await Promise.all(
    BUNDLES.map((name) => build({ ...optionsOf(name, folder), metafile: true })),
  );
  writeFileSync(join(folder, 'query/widget.js'), widget);
  const inputs = bundles.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  return inputs.filter((path) => !path.startsWith(BUILTIN_PREFIX));
};

/** Bundles the observer into dist/. Throws when esbuild reports an error. */
export const writeObserverBundle = async (): Promise<void> => void (await build(OBSERVER));

/** A bundle in memory. */
export interface Bundled {
  readonly text: string;
  /** The bytes that come from each source file. */
  readonly inputs: Readonly<Record<string, number>>;
}

/** A function's bundle as it is deployed. Throws when esbuild reports an error. */
export const bundleFunction = (name: BundleName): Promise<Bundled> => bundle(optionsOf(name));

/** The observer's bundle as it is deployed. Throws when esbuild reports an error. */
export const bundleObserver = (): Promise<Bundled> => bundle(OBSERVER);

/** The bundle of any other source, with the same options. Throws when esbuild reports an error. */
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
