import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    // A template takes seconds, and on a busy machine many.
    hookTimeout: 120_000,
    // One less than there are processors is the default: half of a small machine.
    maxWorkers: 2,
    // Tests provoke errors; what a log says of them is asserted, not printed.
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
  },
});
