import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/**
 * Creates an empty folder that is removed after the test. A concurrent test must pass its own
 * `onTestFinished`.
 */
export const temporaryFolder = (onFinished = onTestFinished): string => {
  const folder = mkdtempSync(join(tmpdir(), 'session-counter-'));
  onFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};
