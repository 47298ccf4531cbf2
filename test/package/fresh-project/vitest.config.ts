import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

// Not part of `npm test`: it installs 300 MB from the registry.
export default defineConfig({
  test: {
    include: ['test/package/fresh-project/*.check.ts'],
    // npm would keep its cache of compiled code in the temporary folder.
    env: { NODE_COMPILE_CACHE: resolve('node_modules/.cache/node-compile') },
    globalSetup: ['test/run/own-temporary-folder.ts'],
    testTimeout: 300_000,
    hookTimeout: 600_000,
  },
});
