import { describe, expect, it } from 'vitest';
import { effectOfVisit } from '../../src/domain/visit-effect.ts';

const NOW = Date.parse('2026-11-23T18:00:00.000Z');
const WINDOW_MINUTES = 60;
const ago = (seconds: number): string => new Date(NOW - seconds * 1_000).toISOString();

const effectAfter = (firstSeconds: number, lastSeconds: number) =>
  effectOfVisit(
    { seenAt: ago(0) },
    { firstSeen: ago(firstSeconds), lastSeen: ago(lastSeconds) },
    WINDOW_MINUTES,
  );

describe('the effect of a visit', () => {
  const first = {
    ...{ isNew: true, wasActive: false },
    ...{ countedSince: ago(0), activeSince: ago(0) },
  };

  it('of a new session is on both numbers', () => {
    expect(effectOfVisit({ seenAt: ago(0) }, undefined, WINDOW_MINUTES)).toEqual(first);
  });

  it('is that of a new session if the write of its row was repeated', () => {
    expect(effectAfter(0, 0)).toEqual(first);
  });

  it('is unknown if the write of an older row was repeated', () => {
    expect(effectAfter(90, 0)).toBeUndefined();
  });

  it.each([
    // Moments later, in another tab or after a reload: the numbers may be older than the session.
    { seen: [1, 1], isNew: true, wasActive: true, countedSince: ago(1), activeSince: ago(1) },
    { seen: [4.999, 3], isNew: true, wasActive: true, countedSince: ago(4.999) },
    { seen: [5, 3], isNew: false, wasActive: true, countedSince: ago(5), activeSince: ago(5) },
    { seen: [3599.999, 9], isNew: false, wasActive: true, countedSince: ago(3599.999) },
    // Later, nobody learns when the session began.
    { seen: [3600, 9], isNew: false, wasActive: true, countedSince: undefined },
    { seen: [1e6, 3599.999], isNew: false, wasActive: true, activeSince: undefined },
    { seen: [1e6, 3600], isNew: false, wasActive: false, activeSince: ago(0) },
    // Dated by a clock that is ahead: by as much as clocks may differ, and by more.
    { seen: [-300, -300], isNew: true, wasActive: true, countedSince: ago(-300) },
    { seen: [-300.001, -300.001], isNew: false, wasActive: false, activeSince: ago(0) },
  ])('of a session seen $seen seconds ago', ({ seen: [firstSeconds = 0, last = 0], ...effect }) => {
    expect(effectAfter(firstSeconds, last)).toMatchObject(effect);
  });
});
