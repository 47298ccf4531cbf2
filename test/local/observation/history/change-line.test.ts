import { expect, it } from 'vitest';
import {
  formatChange,
  parseChange,
} from '../../../../src/local/observation/history/change-line.ts';

const CHANGE = { alarm: 'a', time: 60_000, from: 'OK', to: 'ALARM', reason: 'two\nlines' } as const;

it('has a change on one line', () => {
  expect(formatChange(CHANGE)).not.toContain('\n');
  expect(parseChange(formatChange(CHANGE))).toEqual(CHANGE);
});

it.each(['', '{', '{"alarm":"a"}', JSON.stringify({ ...CHANGE, to: 'BROKEN' })])(
  'rejects the line %j',
  (line) => {
    expect(() => parseChange(line)).toThrow('a line of alarm changes');
  },
);
