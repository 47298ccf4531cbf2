import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';

const NAMESPACE = 'builtin';

/** How the names of these modules begin among the inputs of a bundle; they are not files. */
export const BUILTIN_PREFIX = `${NAMESPACE}:`;

/**
 * Loads the modules of Node.js with require() instead of import. An import statement reads every export of
 * the module, and for some of them Node.js then loads more: undici for three exports of `node:http`, which
 * the SDK imports when its endpoint has no TLS. require() reads what is used.
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
