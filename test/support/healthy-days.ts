import fc from 'fast-check';
import { type Delivery, record, recordingOf, shardLines } from './made-up-recording.ts';

const SHARDS = ['a', 'b', 'c', 'd'];

/**
 * The lines of a recording that matches AWS's documentation, generated from a seed: consecutive shards,
 * batches that fail and are retried, batches that are redelivered without a failure, windows that end,
 * and containers that start and stop.
 */
export const healthyDays = (seed: number): string[] => {
  const world = { draw: drawFrom(seed), deliveries: [], at: 0, number: 0, container: 0 };
  for (const shard of SHARDS) deliverShard(shard, world);
  const parents = SHARDS.map((shard, index) => [shard, SHARDS[index - 1]] as const);
  return [...recordingOf(world.deliveries), ...shardLines(Object.fromEntries(parents))];
};

interface World {
  /** A random integer below the limit. */
  readonly draw: (limit: number) => number;
  readonly deliveries: Delivery[];
  at: number;
  number: number;
  container: number;
}

type How = Pick<Delivery, 'fails' | 'hangs' | 'isFinal'>;

const deliverShard = (shard: string, world: World): void => {
  const { draw } = world;
  const deliver = createDelivery(shard, world);
  let last: readonly number[] = [];
  for (let batches = 4 + draw(4); batches > 0; batches -= 1) {
    const numbers = Array.from({ length: 1 + draw(3) }, () => nextNumber(world));
    for (let failures = draw(3); failures > 0; failures -= 1)
      deliver(numbers, draw(2) === 0 ? { fails: true } : { hangs: true });
    deliver(numbers);
    if (draw(3) === 0) deliver(last);
    if (draw(3) === 0) deliver([], { isFinal: true });
    last = numbers;
  }
};

const nextNumber = (world: World): number => {
  world.number += 1;
  return world.number;
};

/** Delivers batches of one shard, and passes the window state on as Lambda does. */
const createDelivery = (shard: string, world: World) => {
  const calls = new Map<string, number>();
  let previous: string | undefined;
  let windows = 0;
  return (numbers: readonly number[], how: How = {}): void => {
    if (world.draw(4) === 0) world.container += 1;
    const container = `${shard}${world.container}`;
    const call = (calls.get(container) ?? 0) + 1;
    calls.set(container, call);
    world.at = Math.max(world.at + 12, (numbers.at(-1) ?? 0) * 4 + 1);
    const place = { shard, at: world.at, container, call, window: `window ${windows}` };
    const records = numbers.map((number) => record(number));
    const state = previous === undefined ? {} : { previous };
    world.deliveries.push({ ...place, records, ...state, ...how });
    if (how.isFinal) windows += 1;
    if (!how.fails && !how.hangs) previous = how.isFinal ? undefined : `${container}/${call}`;
  };
};

const drawFrom = (seed: number): World['draw'] => {
  const lots = fc.sample(fc.nat(), { seed, numRuns: 500 });
  let next = 0;
  return (limit) => {
    next += 1;
    return (lots[next % lots.length] ?? 0) % limit;
  };
};
