import { expect, it } from 'vitest';
import { packNumbers, unpackNumbers } from '../../../proof/observation/observer/pack-numbers.ts';
import { FAILURE_RULES, planFailure } from '../../../proof/observation/observer/plan-failure.ts';

const HEADS = Array.from({ length: 4_000 }, (_, index) => ({
  number: 10n ** 23n + BigInt(index) * 977n,
  writtenMs: 1_000_000,
}));

it('fails about one batch in four, in each way equally often', () => {
  const plans = HEADS.map((head) => planFailure(head, head.writtenMs, FAILURE_RULES));
  const count = (wanted: string | undefined) => plans.filter((plan) => plan === wanted).length;
  expect(count(undefined) / plans.length).toBeCloseTo(0.75, 1);
  for (const way of ['throw', 'pause', 'hang'])
    expect(count(way) / plans.length).toBeCloseTo(1 / 12, 1);
});

it('fails a batch in the same way each time until it is old enough, and never again', () => {
  const head = HEADS.find((one) => planFailure(one, one.writtenMs, FAILURE_RULES));
  const writtenMs = head?.writtenMs ?? 0;
  const planAt = (ageMs: number) => planFailure(head, writtenMs + ageMs, FAILURE_RULES);
  expect(planAt(44_999)).toBe(planAt(0));
  expect([45_000, 60_000, 86_400_000].map(planAt)).toEqual([undefined, undefined, undefined]);
});

it('fails no batch that is empty or of unknown age, which could fail for ever', () => {
  expect(planFailure(undefined, 0, { ...FAILURE_RULES, every: 1 })).toBeUndefined();
  const head = { number: 1n, writtenMs: undefined };
  expect(planFailure(head, 0, { ...FAILURE_RULES, every: 1 })).toBeUndefined();
});

it.each([[[]], [[undefined]], [[10n ** 39n, 10n ** 39n + 1n, 7n, undefined, 10n ** 40n - 1n]]])(
  'unpacks numbers as they were packed: %s',
  (numbers) => {
    expect(unpackNumbers(packNumbers(numbers), numbers.length)).toEqual(numbers);
  },
);

it('refuses incomplete numbers', () => {
  expect(() => unpackNumbers('1,2', 3)).toThrow(SyntaxError);
  expect(() => unpackNumbers('1,x', 2)).toThrow(SyntaxError);
});
