import { expect, it } from 'vitest';
import { parseSequenceNumber, type SequenceNumber } from '../../src/domain/sequence-number.ts';
import { positionAfterSequence } from '../../src/tables/shard-position.ts';

it.each([
  { stored: '7', position: '000000000000000000007' },
  { stored: '000000000000000000007', position: '000000000000000000007' },
  { stored: '100000000000000000000001', position: '100000000000000000000001' },
])('the position after $stored is $position, with the 21 digits that the API requires', (each) => {
  const sequence = parseSequenceNumber(each.stored) as SequenceNumber;
  expect(positionAfterSequence(sequence)).toBe(each.position);
});
