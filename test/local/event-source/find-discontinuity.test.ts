import { expect, it } from 'vitest';
import { findDiscontinuity } from '../../../src/local/event-source/find-discontinuity.ts';
import { positionAfter } from '../../../src/tables/shard-position.ts';
import { recordOf, sdkRecord } from '../../support/scripted-stream.ts';

const REACHED_MS = Date.parse('2026-11-23T18:00:00Z');
const MINUTE_MS = 60_000;
const position = positionAfter('000000000000000000007');

it.each([
  { what: 'that continues at the last delivered record', first: sdkRecord(7), found: undefined },
  { what: 'that lost that record', first: sdkRecord(8), found: 'trimmed' },
  { what: 'that ends before it', first: undefined, found: 'replaced' },
  { what: 'that begins with a malformed record', first: {}, found: 'replaced' },
])('a stream $what', ({ first, found }) => {
  expect(findDiscontinuity({ position }, first)).toBe(found);
});

it.each([
  { writtenMs: REACHED_MS - 1, found: undefined },
  { writtenMs: REACHED_MS + MINUTE_MS, found: undefined },
  { writtenMs: REACHED_MS + MINUTE_MS + 1, found: 'replaced' },
])(
  'the record must be written at most a minute after the position was reached: $writtenMs',
  (test) => {
    const first = recordOf(7, test.writtenMs);
    expect(findDiscontinuity({ position, reachedMs: REACHED_MS }, first)).toBe(test.found);
    expect(findDiscontinuity({ position }, first)).toBeUndefined();
  },
);
