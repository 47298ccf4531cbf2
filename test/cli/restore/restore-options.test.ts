import { describe, expect, it } from 'vitest';
import { parseRestore } from '../../../src/cli/restore/restore-options.ts';

const FILE = ['--from-file', 'rows.jsonl'];
const INTERVAL = ['--from', '2026-11-27T03:00Z', '--to', '2026-11-27T06:00+01:00'];

describe('the options of a restore', () => {
  it('ask for a preview of removed rows of the site, unless they say otherwise', () => {
    expect(parseRestore(FILE)).toMatchObject({
      ...{ counter: 'site', source: { paths: ['rows.jsonl'] }, kind: 'restore' },
      ...{ interval: undefined, isPreview: true, units: 50 },
    });
    const args = [
      '--from-table',
      'before',
      '--retracted',
      '--yes',
      '--counter',
      'blog/a',
      ...INTERVAL,
    ];
    expect(parseRestore([...args, '--max-write-units', '7'])).toMatchObject({
      ...{ counter: 'blog/a', source: { table: 'before', location: {} } },
      ...{ kind: 'restore-retracted', isPreview: false, units: 7 },
      interval: { from: '2026-11-27T03:00:00.000Z', to: '2026-11-27T05:00:00.000Z' },
    });
  });

  it('give up a restore without a source', () => {
    expect(parseRestore(['--abort'])).toMatchObject({ source: undefined, counter: 'site' });
  });

  it.each([
    { args: [], says: 'Either --from-table OLD or --from-file PATH is required' },
    { args: [...FILE, '--yes', '--dry-run'], says: 'Give either --yes or --dry-run' },
    { args: [...FILE, '--from', '2026-11-27T03:00Z'], says: '--to must be a time with a zone' },
    { args: [...FILE, '--to', '2026-11-27T03:00Z'], says: '--from must be a time with a zone' },
    { args: ['--abort', ...FILE], says: '--abort needs no source, no interval and no --yes' },
    { args: ['--abort', '--yes'], says: '--abort needs no source, no interval and no --yes' },
    { args: ['--abort', ...INTERVAL], says: '--abort needs no source, no interval and no --yes' },
    { args: [...FILE, '--max-write-units', '0'], says: '--max-write-units' },
  ])('are refused: $args', ({ args, says }) => {
    expect(() => parseRestore(args)).toThrow(says);
  });
});
