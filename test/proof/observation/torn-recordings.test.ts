import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseRecording } from '../../../proof/observation/recording/parse-recording.ts';
import { healthyDays } from '../../support/healthy-days.ts';
import {
  check,
  recordingOf,
  records,
  resultsOf,
  shardLines,
} from '../../support/made-up-recording.ts';

const SEED = Number(process.env.OBSERVE_SEED ?? Math.floor(Math.random() * 2 ** 31));

it('does not depend on the order of lines or on duplicates', () => {
  const lines = healthyDays(1);
  const twice = [...lines, ...lines].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  expect(parseRecording(twice)).toEqual(parseRecording(lines));
});

it(`gives no false alarm when lines are missing, duplicated or unordered (OBSERVE_SEED=${SEED})`, () => {
  const check = fc.property(
    fc.nat(),
    fc.double({ min: 0, max: 0.6, noNaN: true }),
    (seed, share) => {
      const lines = healthyDays(seed);
      expect(Object.values(resultsOf(lines))).not.toContain('broken');
      expect(Object.values(resultsOf(lines))).not.toContain('unclear');
      const torn = fc.sample(tear(lines, share), { numRuns: 3, seed });
      for (const left of torn) expect(Object.values(resultsOf(left))).not.toContain('broken');
    },
  );
  fc.assert(check, { seed: SEED, numRuns: 60 });
});

// The lines with some removed, some duplicated, and all reordered.
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

it('reports a leap as unclear when the lines of a retry may be missing', () => {
  const lines = recordingOf(LEAP).filter((line) => !line.includes('"call":3'));
  expect(check(lines)['never-leaps']).toMatchObject({ result: 'unclear', broken: [], unclear: 1 });
});

it('detects a container without any lines by the state that Lambda passes on', () => {
  const lines = recordingOf(
    LEAP.map((delivery, index) => ({
      ...delivery,
      ...(index === 2 && { container: 'two' }),
      ...(index === 3 && { previous: 'two/1' }),
    })),
  ).filter((line) => !line.includes('"two"'));
  expect(check(lines)['never-leaps']).toMatchObject({ result: 'unclear', broken: [], unclear: 1 });
});

it('still reports a leap when the missing lines are older than the skipped records', () => {
  const lines = recordingOf([
    { shard: 'a', at: 1, records: [] },
    ...LEAP.filter(({ at }) => at !== 25),
  ]).filter((line) => !/"call":1[,}]/.test(line));
  expect(resultsOf(lines)['never-leaps']).toBe('broken');
});

it('detects a window without an end, since the next one starts with an empty state', () => {
  const lines = recordingOf(
    LEAP.map((delivery, index) => ({
      ...delivery,
      window: index < 3 ? 'first' : 'second',
      ...(index === 2 && { container: 'two' }),
    })),
  ).filter((line) => !line.includes('"two"'));
  expect(check(lines)['never-leaps']).toMatchObject({ result: 'unclear', unclear: 1 });
});

const LEAPT = recordingOf(LEAP.filter(({ at }) => at !== 25));

it('reports a leap as unclear when a line is unreadable', () => {
  expect(resultsOf(LEAPT)['never-leaps']).toBe('broken');
  expect(resultsOf([...LEAPT, '{"observer":1,"kind":"beg'])['never-leaps']).toBe('unclear');
});

it('still reports a leap when the missing lines are newer or of another shard', () => {
  const later = recordingOf([{ shard: 'a', at: 4_000, records: [], container: 'two', call: 1 }]);
  expect(resultsOf([...LEAPT, ...later.slice(0, 1)])['never-leaps']).toBe('broken');
  const other = recordingOf([{ shard: 'b', at: 22, records: [], container: 'two', call: 1 }]);
  expect(resultsOf([...LEAPT, ...other.slice(0, 1)])['never-leaps']).toBe('broken');
});

it('does not treat an incomplete invocation as one with fewer records', () => {
  const many = Array.from({ length: 2_500 }, (_, index) => index + 1);
  const lines = recordingOf([{ shard: 'a', at: 20_000, records: records(...many) }]);
  expect(parseRecording(lines).invocations[0]?.records.length).toBe(2_500);
  const torn = lines.filter((line) => !line.includes('"part":1'));
  expect(parseRecording(torn)).toMatchObject({ invocations: [], gaps: [{ shardId: 'a' }] });
});

it('ignores other lines, and counts its own unreadable ones', () => {
  const others = ['', 'START RequestId: 1', '{"level":"ERROR","message":"x"}', '[]', 'null', '7'];
  const own = ['{"observer":1,"kind":"beg', '{"observer":1,"kind":"ended"}', '{"observer":2}'];
  const lines = [...recordingOf(LEAP), ...shardLines({ a: undefined })];
  expect(parseRecording([...lines, ...others])).toEqual(parseRecording(lines));
  expect(parseRecording([...lines, ...own]).unreadable).toBe(3);
});
