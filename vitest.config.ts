import { defineConfig } from 'vitest/config';
import { slowestFiles } from './test/run/slowest-files.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/run/own-temporary-folder.ts'],
    reporters: ['default', slowestFiles()],
    testTimeout: 60_000,
    // A template takes seconds, and on a busy machine many.
    hookTimeout: 120_000,
    // One less than there are processors is the default: half of a small machine.
    maxWorkers: 2,
    // A worker runs many files, so that it imports the SDK and the CDK once. No test may leave a change of
    // global state behind.
    isolate: false,
    // Tests provoke errors; what a log says of them is asserted, not printed.
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
  },
});
