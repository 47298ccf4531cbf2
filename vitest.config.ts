import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';
import { SOURCES } from './test/architecture/imports.ts';
import { findSkipped, reportSkipped } from './test/run/skipped-files.ts';
import { slowestFiles } from './test/run/slowest-files.ts';
import { describeMachine } from './test/run/this-machine.ts';

const TESTS = SOURCES.filter((file) => /^test\/.*\.test\.ts$/.test(file));
const skipped = findSkipped(describeMachine(process.env), TESTS);

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...skipped.flatMap(({ files }) => files)],
    globalSetup: ['test/run/own-temporary-folder.ts'],
    reporters: ['default', slowestFiles(), reportSkipped(skipped, TESTS.length)],
    testTimeout: 60_000,
    // Synthesizing a template takes seconds, and many on a busy machine.
    hookTimeout: 120_000,
    // More than a small machine has processors, because many tests wait for time to pass.
    maxWorkers: Math.max(4, availableParallelism()),
    // A worker runs many files, so that it imports the SDK and the CDK once. No test may leave a change of
    // global state behind.
    isolate: false,
    // The workers use every processor; helper threads of the garbage collector would compete with them.
    execArgv: ['--single-threaded-gc'],
    env: {
      // Tests provoke errors and assert what the log says; it is not printed.
      POWERTOOLS_LOG_LEVEL: 'SILENT',
      // Processes that tests start reuse compiled sources, which halves their start.
      NODE_COMPILE_CACHE: resolve('node_modules/.cache/node-compile'),
    },
  },
});
