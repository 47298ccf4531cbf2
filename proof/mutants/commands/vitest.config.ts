import { defineConfig } from 'vitest/config';

// The tests of the commands that read rows, which read a database and pause between its pages: a
// mutant of the core would run them all for seconds.
export default defineConfig({
  test: {
    include: [
      'test/audit/audit-handler.test.ts',
      'test/cli/verify-command.test.ts',
      'test/cli/replay/*.test.ts',
      'test/cli/rebuild/{format-rebuild,rebuild-waits}.test.ts',
    ],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
  },
});
