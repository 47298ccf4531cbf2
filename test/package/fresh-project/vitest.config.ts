import { defineConfig } from 'vitest/config';

// Not part of `npm test`: it installs 300 MB from the registry.
export default defineConfig({
  test: {
    include: ['test/package/fresh-project/*.check.ts'],
    globalSetup: ['test/run/own-temporary-folder.ts'],
    testTimeout: 300_000,
    hookTimeout: 600_000,
  },
});
