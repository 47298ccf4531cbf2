import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SYSTEM_CLOCK } from '../../../src/cli/clock.ts';
import { openImportFiles } from '../../../src/cli/import/import-files.ts';
import { importRows } from '../../../src/cli/import/import-rows.ts';
import { NOT_STARTED } from '../../../src/cli/import/import-state.ts';
import type { FoundRow, RowSource } from '../../../src/cli/import/row-source.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const NOW_MS = Date.parse('2026-11-23T18:00:00.000Z');
const found = (session_hash: string, last_accessed: string): FoundRow => ({
  ...{ source: 'older', line: null },
  raw: { session_hash, first_accessed: '2024-05-01T12:00:00', last_accessed },
});
const older: RowSource = {
  ...{ name: 'older', contents: 'older', files: [] },
  read: async function* () {
    yield { rows: [found('a', '2024-05-01T13:00:00')], position: 1 };
    const rows = [found('b', '2024-05-01T13:00:00'), found('c', '2026-11-23T19:00:00')];
    yield { rows, position: 3 };
  },
};

it('a table that has changed since the survey stops the import at that chunk', async () => {
  const folder = temporaryFolder();
  const names = { rejects: join(folder, 'rejects'), state: join(folder, 'state') };
  const written: string[] = [];
  const importing = importRows(
    {
      source: older,
      write: async ({ sessionHash }) => {
        written.push(sessionHash);
        return { outcome: 'inserted', writeUnits: 2 };
      },
      rules: {
        ...{ timeZone: 'UTC', counter: 'site', now: () => NOW_MS },
        ...{ activeShards: 4, retentionDays: 395, touchIntervalSeconds: 0 },
      },
      files: openImportFiles(names, 'rows'),
      ...{ pacer: { charge: () => 0 }, clock: SYSTEM_CLOCK },
      ...{ signal: new AbortController().signal, onRows: () => undefined },
    },
    { contents: 'older', total: 3, ...NOT_STARTED },
  );
  await expect(importing).rejects.toThrow('1 of 2 rows are in the future');
  expect(written).toEqual(['a']);
});
