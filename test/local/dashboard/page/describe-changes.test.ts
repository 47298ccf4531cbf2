import { expect, it } from 'vitest';
import { describeChanges } from '../../../../src/local/dashboard/page/describe-changes.ts';

it('says which alarms began and which ended', () => {
  expect(describeChanges(new Set(['a', 'b']), new Set(['b', 'c']))).toBe(
    'c went into alarm. a is no longer in alarm.',
  );
});

it('says nothing while nothing changes', () => {
  expect(describeChanges(new Set(['a']), new Set(['a']))).toBe('');
});
