import { defineConfig } from 'vitest/config';

// The tests of what is mutated; those that start processes would run once for each mutant.
export default defineConfig({
  test: {
    include: ['test/{domain,projector,tables,ingest}/**/*.test.ts', 'test/hostile.test.ts'],
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
  },
});
