import { describe, expect, it } from 'vitest';
import {
  compareSequence,
  formatSequenceNumber,
  isAfter,
  parseSequenceNumber,
  type SequenceNumber,
} from '../../src/domain/sequence-number.ts';

const sequence = (text: string): SequenceNumber => {
  const parsed = parseSequenceNumber(text);
  if (parsed === undefined) throw new Error(`${text} is no sequence number`);
  return parsed;
};

describe('a sequence number', () => {
  it.each([
    { later: '2', earlier: '1', why: 'one digit each' },
    { later: '10', earlier: '9', why: 'more digits beat a higher first digit' },
    { later: '1000000000000000000000', earlier: '999999999999999999999', why: '22 against 21' },
    { later: '0002', earlier: '1', why: 'leading zeros are nothing' },
    { later: `1${'0'.repeat(39)}`, earlier: '9'.repeat(39), why: '40 digits against 39' },
    {
      later: `${'9'.repeat(39)}9`,
      earlier: `${'9'.repeat(39)}8`,
      why: 'past what a float can hold',
    },
  ])('$later comes after $earlier: $why', ({ later, earlier }) => {
    expect(isAfter(sequence(later), sequence(earlier))).toBe(true);
    expect(isAfter(sequence(earlier), sequence(later))).toBe(false);
    expect(compareSequence(sequence(later), sequence(earlier))).toBe(1);
    expect(compareSequence(sequence(earlier), sequence(later))).toBe(-1);
  });

  it('is not after itself, however many leading zeros it has', () => {
    expect(isAfter(sequence('007'), sequence('7'))).toBe(false);
    expect(compareSequence(sequence('007'), sequence('7'))).toBe(0);
  });

  it('is after the start of the shard', () => {
    expect(isAfter(sequence('0'), undefined)).toBe(true);
  });

  it.each(['1', '0', `1${'0'.repeat(38)}1`, '9'.repeat(40)])(
    '%s is unchanged after formatting and parsing',
    (text) => {
      expect(formatSequenceNumber(sequence(text))).toBe(text);
    },
  );

  it.each(['', '-1', '1.5', '1e3', ' 1', 'abc', '9'.repeat(41), 7, null, undefined])(
    '%j is none',
    (text) => {
      expect(parseSequenceNumber(text)).toBeUndefined();
    },
  );
});
