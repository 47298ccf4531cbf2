import { expect, it } from 'vitest';
import { activeSince } from '../../src/domain/active-window.ts';

it('a session is active from so many minutes ago', () => {
  expect(activeSince(Date.parse('2026-11-23T18:00:00.500Z'), 90)).toBe('2026-11-23T16:30:00.500Z');
});
