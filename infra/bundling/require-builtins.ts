import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';

const NAMESPACE = 'builtin';

/** How the names of these modules begin among the inputs of a bundle; they are not files. */
export const BUILTIN_PREFIX = `${NAMESPACE}:`;

/**
 * Loads the modules of Node.js with require() instead of import. An import statement evaluates every
 * export of the module, and three exports of `node:http` load undici, which the SDK does not use: most of
 * the time of a first call. require() evaluates what is used.
 *
 * @see https://github.com/nodejs/node/issues/59686
 */
export const requireBuiltins: Plugin = {
  name: 'require-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[\w/:]+$/ }, ({ path, kind }) =>
      isBuiltin(path) && kind !== 'require-call' ? { path, namespace: NAMESPACE } : undefined,
    );
    onLoad({ filter: /./, namespace: NAMESPACE }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)})`,
    }));
  },
};
