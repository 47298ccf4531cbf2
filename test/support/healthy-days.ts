import fc from 'fast-check';
import { type Delivery, record, tell, tellShards } from './made-up-recording.ts';

const SHARDS = ['a', 'b', 'c', 'd'];

type Draw = (limit: number) => number;

/**
 * The lines of a recording in which all is as AWS documents it, drawn from a seed: shards one after
 * the other, batches that fail and come again, batches that come again for no reason, and containers
 * that come and go.
 */
export const tellHealthyDays = (seed: number): string[] => {
  const draw = drawFrom(seed);
  const deliveries: Delivery[] = [];
  let number = 0;
  let at = 0;
  let container = 0;
  for (const [index, shard] of SHARDS.entries()) {
    let previous: string | undefined;
    const calls = new Map<string, number>();
    const deliver = (
      numbers: readonly number[],
      how: Pick<Delivery, 'fails' | 'hangs'> = {},
    ): void => {
      if (draw(4) === 0) container += 1;
      const name = `${shard}${container}`;
      const call = (calls.get(name) ?? 0) + 1;
      calls.set(name, call);
      at = Math.max(at + 12, (numbers.at(-1) ?? 0) * 4 + 1);
      const records = numbers.map((one) => record(one));
      deliveries.push({
        ...{ shard, at, records, container: name, call, ...how },
        ...(previous !== undefined && { previous }),
      });
      if (!how.fails && !how.hangs) previous = `${name}/${call}`;
    };
    let last: readonly number[] = [];
    for (let batch = 0; batch < 4 + index; batch += 1) {
      const numbers = Array.from({ length: 1 + draw(3) }, () => (number += 1));
      for (let failures = draw(3); failures > 0; failures -= 1)
        deliver(numbers, draw(2) === 0 ? { fails: true } : { hangs: true });
      deliver(numbers);
      if (draw(3) === 0) deliver(last);
      last = numbers;
    }
  }
  const parents = SHARDS.map((shard, index) => [shard, SHARDS[index - 1]] as const);
  return [...tell(deliveries), ...tellShards(Object.fromEntries(parents))];
};

const drawFrom = (seed: number): Draw => {
  const lots = fc.sample(fc.nat(), { seed, numRuns: 500 });
  let next = 0;
  return (limit) => {
    next += 1;
    return (lots[next % lots.length] ?? 0) % limit;
  };
};
