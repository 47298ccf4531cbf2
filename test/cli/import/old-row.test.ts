import { describe, expect, it } from 'vitest';
import {
  parseOldRow,
  parseOldTime,
  pickRawRow,
  type RawRow,
  readOldTimes,
} from '../../../src/cli/import/old-row.ts';

const parse = (raw: RawRow) => parseOldRow(raw, readOldTimes(raw, 'UTC'));
const row = {
  session_hash: 'a'.repeat(64),
  first_accessed: '2024-05-01T12:00:00.123456',
  last_accessed: '2024-05-02T12:00:00.5',
};

describe('an old time', () => {
  it.each([
    ['2024-05-01T12:00:00.123456', 'UTC', '2024-05-01T12:00:00.123Z'],
    ['2024-05-01T12:00:00', 'UTC', '2024-05-01T12:00:00.000Z'],
    ['2024-05-01 12:00:00', 'UTC', '2024-05-01T12:00:00.000Z'],
    ['2024-05-01T12:00:00.123456', 'Europe/Berlin', '2024-05-01T10:00:00.123Z'],
    ['2024-01-01T12:00:00', 'Europe/Berlin', '2024-01-01T11:00:00.000Z'],
    ['2024-05-01T12:00:00Z', 'Europe/Berlin', '2024-05-01T12:00:00.000Z'],
    ['2024-05-01T12:00:00+05:30', 'Europe/Berlin', '2024-05-01T06:30:00.000Z'],
    ['2024-05-01T12:00:00+14:00', 'UTC', '2024-04-30T22:00:00.000Z'],
    // 02:30 is ambiguous on the first day and skipped on the second.
    ['2024-10-27T02:30:00+01:00', 'Europe/Berlin', '2024-10-27T01:30:00.000Z'],
    ['2024-10-27T02:30:00+02:00', 'Europe/Berlin', '2024-10-27T00:30:00.000Z'],
    ['2024-10-27T02:30:00', 'Europe/Berlin', '2024-10-27T00:30:00.000Z'],
    ['2024-03-31T02:30:00', 'Europe/Berlin', '2024-03-31T01:30:00.000Z'],
  ])('%s in %s is %s', (text, zone, expected) => {
    expect(new Date(parseOldTime(text, zone) ?? 0).toISOString()).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    '2024-05-01',
    '2024-13-01T00:00:00',
    '2024-05-01T25:00:00',
    '2024-05-01T12:00:00+99:00',
    '2024-05-01T12:00:00+14:01',
    '2024-05-01T12:00:00-23:59',
    1714564800,
    null,
  ])('%j is invalid', (text) => expect(parseOldTime(text, 'UTC')).toBeUndefined());
});

describe('an old row', () => {
  it('has a hash and two times', () => {
    expect(parse(row)).toEqual({
      sessionHash: row.session_hash,
      firstMs: Date.parse('2024-05-01T12:00:00.123Z'),
      lastMs: Date.parse('2024-05-02T12:00:00.500Z'),
    });
  });

  it.each([
    [{ session_hash: undefined }, 'no session_hash'],
    [{ session_hash: ' ' }, 'no session_hash'],
    [{ session_hash: 7 }, 'no session_hash'],
    [{ session_hash: 'x'.repeat(2_049) }, 'session_hash is over 2,048 bytes'],
    [{ session_hash: 'a\ud800' }, 'session_hash is not valid Unicode'],
    [{ first_accessed: '0000-01-01T00:00:00+10:00' }, 'first_accessed is before 1970'],
    [{ first_accessed: 'soon' }, 'no readable first_accessed'],
    [{ last_accessed: undefined }, 'no readable last_accessed'],
    [{ last_accessed: '2024-04-30T00:00:00' }, 'last_accessed is before first_accessed'],
  ])('with %j is invalid: %s', (parts, reason) => {
    expect(parse({ ...row, ...parts })).toBe(reason);
  });
});

describe('a line', () => {
  const marshalled = {
    session_hash: { S: row.session_hash },
    first_accessed: { S: row.first_accessed },
    last_accessed: { S: row.last_accessed },
  };

  it.each([
    ['plain JSON', row],
    ['DynamoDB JSON', marshalled],
    ['an export', { Item: marshalled }],
  ])('of %s is a row', (_, content) => {
    expect(pickRawRow(content)).toEqual(row);
  });

  it('is read even if another attribute has a value that JavaScript cannot represent', () => {
    const huge = { ...marshalled, visits: { N: '12345678901234567890' }, malformed: { Q: 1 } };
    expect(pickRawRow(huge)).toEqual(row);
  });

  it.each([[[]], [7], [null], ['text']])('%j is invalid', (content) => {
    expect(pickRawRow(content)).toBeUndefined();
  });

  it('has no value for an attribute that is not a string', () => {
    const picked = pickRawRow({ ...marshalled, session_hash: { B: 'AA==' } });
    expect(picked).toMatchObject({
      session_hash: undefined,
      ...{ last_accessed: row.last_accessed },
    });
  });
});
