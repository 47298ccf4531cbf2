import { defineConfig } from 'vitest/config';

// The tests of what is mutated. A static mutant runs them all, so those that take seconds are left out.
export default defineConfig({
  test: {
    include: ['test/{audit,domain,ingest,projector,tables}/**/*.test.ts', 'test/hostile.test.ts'],
    exclude: [
      'test/audit/audit-handler.test.ts',
      'test/ingest/{lost-answer,read-secret}.test.ts',
      'test/tables/count-active-pages.test.ts',
    ],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
  },
});
