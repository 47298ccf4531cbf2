import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabaseFile } from '../../src/local/database-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('lets statements wait for the lock of another process as long as asked', () => {
  const database = openDatabaseFile(join(temporaryFolder(), 'database'), 1_234);
  try {
    expect(database.prepare('PRAGMA busy_timeout').get()).toEqual({ timeout: 1_234 });
  } finally {
    database.close();
  }
});
