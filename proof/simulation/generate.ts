import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import {
  CONTAINERS,
  type Delivery,
  FAULTS,
  MALFORMED_KINDS,
  NO_FAULT,
  type Step,
} from './history.ts';

/** A source of whole numbers from `min` to `max`, both included. */
type Draw = (min: number, max: number) => number;

const ROWS = 400;
const ANY = 1_000_000;
const WEEKS = 100 * 24 * 60;
// Correct, within the margin of a rebuild, local time mistaken for UTC, and far off.
const CLOCKS_AHEAD = [0, 0, 3, 120, WEEKS] as const;

/** A history of `length` steps; always the same for the same seed. */
export const generateHistory = (seed: number, length: number): Step[] => {
  const generator = xoroshiro128plus(seed);
  const draw: Draw = (min, max) => uniformInt(generator, min, max);
  return Array.from({ length }, () => drawStep(draw));
};

type Recipe = readonly [weight: number, create: (draw: Draw) => Step];

// Splits and long waits change everything that follows, so they have low weights.
const RECIPES: readonly Recipe[] = [
  [25, (draw) => ({ op: 'visit', row: draw(0, ROWS), count: draw(1, 20) })],
  [2, (draw) => ({ op: 'rewrite', row: draw(0, ROWS) })],
  [3, (draw) => ({ op: 'remove', row: draw(0, ROWS), by: 'ttl' })],
  [3, (draw) => ({ op: 'remove', row: draw(0, ROWS), by: 'hand' })],
  [6, (draw) => ({ op: 'undo', kind: 'retract', ...undo(draw) })],
  [4, (draw) => ({ op: 'undo', kind: 'restore', ...undo(draw) })],
  [2, (draw) => ({ op: 'undo', kind: 'restore-retracted', ...undo(draw) })],
  [2, (draw) => ({ op: 'import', row: draw(0, ROWS), count: draw(1, 9), daysAgo: draw(0, 400) })],
  [1, (draw) => ({ op: 'clock', minutesAhead: pick(draw, CLOCKS_AHEAD) })],
  [1, (draw) => ({ op: 'lose', shard: draw(0, ANY), count: draw(1, 30) })],
  [1, (draw) => ({ op: 'leap', shard: draw(0, ANY), ...leap(draw) })],
  [2, (draw) => ({ op: 'malformed', row: draw(0, ROWS), kind: pick(draw, MALFORMED_KINDS) })],
  [2, (draw) => ({ op: 'split', shard: draw(0, ANY), numberings: [draw(0, ANY), draw(0, ANY)] })],
  [32, (draw) => ({ op: 'deliver', shard: draw(0, ANY), ...delivery(draw), ...NO_FAULT })],
  [20, (draw) => ({ op: 'deliver', shard: draw(0, ANY), ...delivery(draw) })],
  [6, (draw) => ({ op: 'redeliver', ...redelivery(draw), ...NO_FAULT })],
  [4, (draw) => ({ op: 'redeliver', ...redelivery(draw) })],
  [1, (draw) => ({ op: 'replay', size: draw(1, 50), container: container(draw) })],
  [2, (draw) => ({ op: 'emptyWindow', shard: draw(0, ANY), container: container(draw) })],
  [7, (draw) => ({ op: 'arrive', commit: draw(0, ANY) })],
  [2, (draw) => ({ op: 'coldStart', container: container(draw) })],
  [5, (draw) => ({ op: 'wait', minutes: draw(0, 10) })],
  [
    1,
    (draw) => ({
      op: 'injectDrift',
      counter: draw(0, ANY),
      by: draw(-3, 9),
      isToday: draw(0, 1) === 1,
    }),
  ],
  [6, (draw) => ({ op: 'rebuild', run: draw(0, ANY), counter: draw(0, ANY), ...rebuild(draw) })],
  [1, (draw) => ({ op: 'wait', minutes: draw(10, 30 * 60) })],
  [1, (draw) => ({ op: 'wait', minutes: draw(47 * 60, draw(1, 3) === 1 ? WEEKS : 100 * 60) })],
];
const TOTAL_WEIGHT = RECIPES.reduce((sum, [weight]) => sum + weight, 0);

const drawStep = (draw: Draw): Step => {
  let ticket = draw(1, TOTAL_WEIGHT);
  for (const [weight, create] of RECIPES) {
    ticket -= weight;
    if (ticket <= 0) return create(draw);
  }
  throw new RangeError('The weights do not add up');
};

const delivery = (draw: Draw): Delivery => ({
  ...{ size: draw(1, 60), container: container(draw) },
  ...{ fault: pick(draw, FAULTS), attempt: Math.max(0, draw(-1, 4)) },
});

const redelivery = (draw: Draw) => ({
  ...{ shard: draw(0, ANY), back: draw(1, 40), isOld: draw(0, 2) === 0 },
  ...delivery(draw),
});

const leap = (draw: Draw) => ({ size: draw(2, 30), skip: draw(1, 5), container: container(draw) });

const undo = (draw: Draw) => ({
  ...{ counter: draw(0, ANY), row: draw(0, ANY), minutes: draw(1, draw(1, 4) === 1 ? WEEKS : 90) },
  calls: draw(1, draw(1, 2) === 1 ? 3 : 20),
  ...{ isKilled: draw(1, 3) === 1, losesAnswers: draw(1, 4) === 1 },
  isAborted: draw(1, 8) === 1,
});

const rebuild = (draw: Draw) => ({
  calls: draw(1, 24),
  isKilled: draw(1, 8) === 1,
  losesAnswers: draw(1, 4) === 1,
  lowersTotal: draw(1, 3) === 1,
});

const container = (draw: Draw): number => draw(0, CONTAINERS - 1);

const pick = <Choice>(draw: Draw, choices: readonly Choice[]): Choice =>
  choices[draw(0, choices.length - 1)] as Choice;
