import { describe, expect, it } from 'vitest';
import { createRecordFormat } from '../../../src/cli/export/format-record.ts';

const COLUMNS = ['counter', 'kind', 'sessions'];
// As written, and as a value of RFC 4180.
const VALUES = [
  { value: 'plain', csv: 'plain' },
  { value: 'ünï 🎈 ;|\t', csv: 'ünï 🎈 ;|\t' },
  { value: 'a,b', csv: '"a,b"' },
  { value: 'say "hi"', csv: '"say ""hi"""' },
  { value: 'two\nlines', csv: '"two\nlines"' },
  { value: 'two\rlines', csv: '"two\rlines"' },
  { value: -3, csv: '-3' },
  { value: 0, csv: '0' },
  { value: undefined, csv: '' },
];

describe('CSV', () => {
  const { header, format } = createRecordFormat('csv', COLUMNS);

  it('begins with the names of the columns', () => {
    expect(header).toBe('counter,kind,sessions\r\n');
  });

  it.each(VALUES)('has $value as RFC 4180 says', ({ value, csv }) => {
    expect(format(['site', value, 7])).toBe(`site,${csv},7\r\n`);
  });
});

describe('JSON lines', () => {
  const { header, format } = createRecordFormat('jsonl', COLUMNS);

  it('begin with the first record', () => {
    expect(header).toBe('');
  });

  it.each(VALUES)('have $value on one line', ({ value }) => {
    const line = format(['site', value, 7]);
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(JSON.parse(line)).toEqual({ counter: 'site', kind: value, sessions: 7 });
  });
});
