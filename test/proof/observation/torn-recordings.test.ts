import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseRecording } from '../../../proof/observation/recording/parse-recording.ts';
import { tellHealthyDays } from '../../support/healthy-days.ts';
import { judge, records, tell, tellShards, verdictsOf } from '../../support/made-up-recording.ts';

const SEED = Number(process.env.OBSERVE_SEED ?? Math.floor(Math.random() * 2 ** 31));

it('is the same whatever the order of its lines, and when they were fetched twice', () => {
  const lines = tellHealthyDays(1);
  const twice = [...lines, ...lines].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  expect(parseRecording(twice)).toEqual(parseRecording(lines));
});

it(`gives no false alarm when lines are missing, come twice or in any order (OBSERVE_SEED=${SEED})`, () => {
  const check = fc.property(
    fc.nat(),
    fc.double({ min: 0, max: 0.6, noNaN: true }),
    (seed, share) => {
      const lines = tellHealthyDays(seed);
      expect(Object.values(verdictsOf(lines))).not.toContain('broken');
      expect(Object.values(verdictsOf(lines))).not.toContain('unclear');
      const torn = fc.sample(tear(lines, share), { numRuns: 3, seed });
      for (const left of torn) expect(Object.values(verdictsOf(left))).not.toContain('broken');
    },
  );
  fc.assert(check, { seed: SEED, numRuns: 60 });
});

// Lines without some of them, some twice, in any order.
const tear = (lines: readonly string[], share: number): fc.Arbitrary<string[]> =>
  fc
    .array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: lines.length,
      maxLength: lines.length,
    })
    .map((lots) => {
      const kept = lines.filter((_, index) => (lots[index] ?? 0) >= share);
      const twice = kept.filter((_, index) => (lots[index] ?? 0) > 0.9);
      return [...kept, ...twice].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
    });

const LEAP = [
  { shard: 'a', at: 10, records: records(1, 2) },
  { shard: 'a', at: 20, records: records(3, 4), fails: true },
  { shard: 'a', at: 25, records: records(3, 4) },
  { shard: 'a', at: 30, records: records(5, 6) },
];

it('cannot tell a leap from a retry whose lines are missing, and says so', () => {
  const lines = tell(LEAP).filter((line) => !line.includes('"call":3'));
  expect(judge(lines)['never-leaps']).toMatchObject({ verdict: 'unclear', broken: [], unclear: 1 });
});

it('knows of a container whose only lines are missing by the state that Lambda hands on', () => {
  const lines = tell(
    LEAP.map((delivery, index) => ({
      ...delivery,
      ...(index === 2 && { container: 'two' }),
      ...(index === 3 && { previous: 'two/1' }),
    })),
  ).filter((line) => !line.includes('"two"'));
  expect(judge(lines)['never-leaps']).toMatchObject({ verdict: 'unclear', broken: [], unclear: 1 });
});

it('still finds a leap when the lines that are missing are older than what was leapt over', () => {
  const lines = tell([
    { shard: 'a', at: 1, records: [] },
    ...LEAP.filter(({ at }) => at !== 25),
  ]).filter((line) => !/"call":1[,}]/.test(line));
  expect(verdictsOf(lines)['never-leaps']).toBe('broken');
});

it('notices a window whose end is missing, since the state begins anew with the next', () => {
  const lines = tell(
    LEAP.map((delivery, index) => ({
      ...delivery,
      window: index < 3 ? 'first' : 'second',
      ...(index === 2 && { container: 'two' }),
    })),
  ).filter((line) => !line.includes('"two"'));
  expect(judge(lines)['never-leaps']).toMatchObject({ verdict: 'unclear', unclear: 1 });
});

const LEAPT = tell(LEAP.filter(({ at }) => at !== 25));

it('believes no leap when a line cannot be read', () => {
  expect(verdictsOf(LEAPT)['never-leaps']).toBe('broken');
  expect(verdictsOf([...LEAPT, '{"observer":1,"kind":"beg'])['never-leaps']).toBe('unclear');
});

it('still finds a leap when the lines that are missing are younger, or of another shard', () => {
  const later = tell([{ shard: 'a', at: 4_000, records: [], container: 'two', call: 1 }]);
  expect(verdictsOf([...LEAPT, ...later.slice(0, 1)])['never-leaps']).toBe('broken');
  const other = tell([{ shard: 'b', at: 22, records: [], container: 'two', call: 1 }]);
  expect(verdictsOf([...LEAPT, ...other.slice(0, 1)])['never-leaps']).toBe('broken');
});

it('does not take an invocation of which a part is missing for one with fewer records', () => {
  const many = Array.from({ length: 2_500 }, (_, index) => index + 1);
  const lines = tell([{ shard: 'a', at: 20_000, records: records(...many) }]);
  expect(parseRecording(lines).invocations[0]?.records.length).toBe(2_500);
  const torn = lines.filter((line) => !line.includes('"part":1'));
  expect(parseRecording(torn)).toMatchObject({ invocations: [], holes: [{ shardId: 'a' }] });
});

it('passes over the lines of others, and counts its own that cannot be read', () => {
  const others = ['', 'START RequestId: 1', '{"level":"ERROR","message":"x"}', '[]', 'null', '7'];
  const own = ['{"observer":1,"kind":"beg', '{"observer":1,"kind":"ended"}', '{"observer":2}'];
  const lines = [...tell(LEAP), ...tellShards({ a: undefined })];
  expect(parseRecording([...lines, ...others])).toEqual(parseRecording(lines));
  expect(parseRecording([...lines, ...own]).unreadable).toBe(3);
});
