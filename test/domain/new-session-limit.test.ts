import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createNewSessionLimit,
  NO_LIMIT,
  type Place,
  WIDE_NETWORK_FACTOR,
} from '../../src/domain/new-session-limit.ts';

const HOUR_MS = 3_600_000;
const OFFICE = '203.0.113.7';

const setUp = ({ perHour = 3, capacity = 100 } = {}) => {
  let nowMs = 1_000_000;
  const key = Buffer.from('random');
  const memory = new Map();
  const limit = createNewSessionLimit({ perHour, capacity, key, memory, now: () => nowMs });
  const reserve = (address = OFFICE, counter = 'site') => limit.reserve(address, counter);
  /** How many of `tries` places are reserved. */
  const reserved = (tries: number, address?: string, counter?: string): number =>
    Array.from({ length: tries }, () => reserve(address, counter)).filter(Boolean).length;
  const wait = (ms: number): void => {
    nowMs += ms;
  };
  return { limit, memory, reserve, reserved, wait };
};

const given = (place: Place | undefined): Place => place ?? expect.fail('no place is left');

describe('the limit of new sessions', () => {
  it('lets an address have as many places as it says, and no more', () => {
    const { reserved } = setUp();
    expect(reserved(10)).toBe(3);
    expect(reserved(10)).toBe(0);
  });

  it('counts each address and each counter on its own', () => {
    const { reserved } = setUp();
    expect(reserved(10)).toBe(3);
    expect(reserved(10, '203.0.113.8')).toBe(3);
    expect(reserved(10, OFFICE, 'blog/a')).toBe(3);
  });

  it('lets another session have a place that was given back', () => {
    const { reserve, reserved } = setUp();
    expect(reserved(2)).toBe(2);
    const place = given(reserve());
    expect(reserve()).toBeUndefined();
    place.giveBack();
    expect(reserved(10)).toBe(1);
  });

  it('treats all ways to write an address as one', () => {
    const { reserved } = setUp();
    expect(reserved(10, `::ffff:${OFFICE}`)).toBe(3);
    expect(reserved(10, OFFICE)).toBe(0);
  });

  it('treats requests without an address as one address', () => {
    const { limit, reserved } = setUp();
    given(limit.reserve(undefined, 'site'));
    expect(reserved(10, '')).toBe(2);
  });

  it('begins again an hour after the first place', () => {
    const { reserved, wait } = setUp();
    expect(reserved(1)).toBe(1);
    wait(HOUR_MS - 1);
    expect(reserved(10)).toBe(2);
    wait(1);
    expect(reserved(10)).toBe(3);
  });

  it('is not lowered by a place that is given back after its hour', () => {
    const { reserve, reserved, wait } = setUp();
    const late = given(reserve());
    wait(HOUR_MS);
    expect(reserved(10)).toBe(3);
    late.giveBack();
    expect(reserved(10)).toBe(0);
  });

  it('begins again when the clock was set back', () => {
    const { reserved, wait } = setUp();
    expect(reserved(10)).toBe(3);
    wait(-1);
    expect(reserved(10)).toBe(3);
  });
});

describe('the limit of new sessions over IPv6', () => {
  it('treats a /64 as one address', () => {
    const { reserved } = setUp();
    expect(reserved(10, '2001:db8:1:2::1')).toBe(3);
    expect(reserved(10, '2001:db8:1:2:ffff::9')).toBe(0);
    expect(reserved(10, '2001:db8:1:3::1')).toBe(3);
  });

  it('lets a /48 have ten times as many places, over all of its /64', () => {
    const { reserved } = setUp();
    const inSite = (site: number): number =>
      Array.from({ length: 50 }, (_, network) =>
        reserved(1, `2001:db8:${site}:${network}::1`),
      ).filter(Boolean).length;
    expect(inSite(1)).toBe(3 * WIDE_NETWORK_FACTOR);
    expect(reserved(1, '2001:db8:1:99::1')).toBe(0);
    expect(inSite(2)).toBe(3 * WIDE_NETWORK_FACTOR);
  });

  it('keeps the first /64 of a /48 apart from the /48 itself', () => {
    const { reserved } = setUp();
    expect(reserved(10, '2001:db8:1:0::1')).toBe(3);
    expect(reserved(10, '2001:db8:1:1::1')).toBe(3);
  });

  it('gives back the place of the /48, too', () => {
    const { reserve, reserved } = setUp({ perHour: 1 });
    const places = Array.from({ length: WIDE_NETWORK_FACTOR }, (_, network) =>
      given(reserve(`2001:db8:1:${network}::1`)),
    );
    expect(reserved(1, '2001:db8:1:99::1')).toBe(0);
    places[0]?.giveBack();
    expect(reserved(1, '2001:db8:1:99::1')).toBe(1);
  });

  it('takes no place of the /48 for a visit that its /64 refuses', () => {
    const { reserved } = setUp({ perHour: 1 });
    expect(reserved(100, '2001:db8:1:1::1')).toBe(1);
    expect(reserved(1, '2001:db8:1:2::1')).toBe(1);
  });
});

describe('the memory', () => {
  it('holds nothing that shows an address or a counter', () => {
    const { memory, reserved } = setUp();
    reserved(1, OFFICE, 'blog/a');
    reserved(1, '2001:db8:1:2::1', 'blog/a');
    const [ipv4, ...ipv6] = memory.keys();
    expect([ipv4, ...ipv6]).toEqual(Array(3).fill(expect.stringMatching(/^[\w-]{22}$/)));
    expect([...memory.values()].flatMap(Object.keys)).toEqual(
      Array(3).fill(['beganAt', 'places']).flat(),
    );
    const other = new Map();
    const key = Buffer.from('the key of another container');
    createNewSessionLimit({ perHour: 3, key, memory: other, now: () => 0 }).reserve(
      OFFICE,
      'blog/a',
    );
    expect([...other.keys()]).not.toContain(ipv4);
  });

  it('forgets an address after its hour', () => {
    const { memory, reserved, wait } = setUp();
    reserved(10, '192.0.2.1');
    wait(HOUR_MS - 1);
    reserved(10, '192.0.2.2');
    expect(memory.size).toBe(2);
    wait(1);
    reserved(1, '192.0.2.3');
    expect(memory.size).toBe(2);
    wait(HOUR_MS);
    reserved(1, '192.0.2.3');
    expect(memory.size).toBe(1);
  });

  it('does not hold an address whose sessions were all known', () => {
    const { memory, reserve } = setUp();
    given(reserve()).giveBack();
    expect(memory.size).toBe(0);
  });
});

describe('a full memory', () => {
  it('refuses nobody: the address whose hour began first is forgotten', () => {
    const { memory, reserved } = setUp({ capacity: 2 });
    expect(reserved(10, '192.0.2.1')).toBe(3);
    expect(reserved(10, '192.0.2.2')).toBe(3);
    expect(reserved(10, '192.0.2.3')).toBe(3);
    expect(reserved(10, '192.0.2.2')).toBe(0);
    expect(reserved(10, '192.0.2.3')).toBe(0);
    expect(reserved(10, '192.0.2.1')).toBe(3);
    expect(memory.size).toBe(2);
  });

  it('keeps the count of a forgotten address that comes back, whatever is given back late', () => {
    const { reserve, reserved } = setUp({ capacity: 1 });
    const late = given(reserve('192.0.2.1'));
    expect(reserved(1, '192.0.2.2')).toBe(1);
    expect(reserved(2, '192.0.2.1')).toBe(2);
    late.giveBack();
    expect(reserved(10, '192.0.2.1')).toBe(1);
  });
});

it('never lets an address hold more places than it may, whatever is given back when', () => {
  const steps = fc.array(fc.oneof(fc.constant('reserve' as const), fc.nat(20)));
  fc.assert(
    fc.property(steps, (all) => {
      const { reserve } = setUp();
      const held: Place[] = [];
      for (const step of all) {
        const place = step === 'reserve' ? reserve() : undefined;
        if (place) held.push(place);
        if (typeof step === 'number') held.splice(step, 1)[0]?.giveBack();
        expect(held.length).toBeLessThanOrEqual(3);
        // Nor fewer: a place is always left below the limit.
        if (step === 'reserve' && !place) expect(held).toHaveLength(3);
      }
    }),
  );
});

it('refuses nobody when there is no limit', () => {
  const places = Array.from({ length: 1_000 }, () => NO_LIMIT.reserve(OFFICE, 'site'));
  for (const place of places) given(place).giveBack();
});
