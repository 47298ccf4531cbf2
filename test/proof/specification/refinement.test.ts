import { beforeEach, describe, expect, it } from 'vitest';
import { type Bounds, SMALL_BOUNDS } from '../../../proof/specification/bounds.ts';
import * as counterSpecification from '../../../proof/specification/counter-specification.ts';
import { whyNotSpecified } from '../../../proof/specification/counter-step.ts';
import type { World } from '../../../proof/specification/next-states.ts';
import { possiblePlans } from '../../../proof/specification/possible-plans.ts';
import { searchStates } from '../../../proof/specification/search.ts';
import type { Plan, State } from '../../../proof/specification/state.ts';
import type { Counter } from '../../../src/domain/counter.ts';
import type { CounterChange } from '../../../src/domain/counter-change.ts';
import type { CommitAnswer } from '../../../src/domain/counter-store.ts';
import { createMemoryCounter } from '../../../src/domain/memory-counter.ts';
import { asSeenBy, makeConcrete, shardName } from '../../support/concrete-counter.ts';
import { counterStores } from '../../support/counter-stores.ts';
import { useDatabase } from '../../support/embedded-database.ts';
import { knownRecord, planBatch } from '../../support/known-stream.ts';
import type { CounterUnderTest } from '../../support/stream-story.ts';

const HOURS = 3600;

describe('the projector does what the specification says', () => {
  const worldsOf = (one: Bounds): World[] => {
    const worlds: World[] = [];
    searchStates(counterSpecification, one, (world) => worlds.push(world));
    return worlds;
  };

  const play = async (state: State, plan: Plan, step: number) => {
    const { counter: before, recordsOf } = makeConcrete(state, step);
    const { counter: seen } = makeConcrete(asSeenBy(plan, state), step);
    const shardId = shardName(plan.shard);
    const change = planBatch(seen, shardId, recordsOf(shardId).slice(0, plan.upTo));
    const isDue = counterSpecification.commit(state, plan) !== undefined;
    if (!change) return isDue ? 'new records were not counted' : 'nothing to do';
    const { status, counter: after } = await createMemoryCounter(before).commitChange(change);
    if (isDue && status !== 'committed') return 'a correctly planned batch was refused';
    return whyNotSpecified({ before, after, recordsOf }) ?? status;
  };

  // With more records it takes half a minute.
  const bounds = SMALL_BOUNDS.filter(({ shards }) => shards.flat().length < 6);
  // A checkpoint is dropped only hours later, and a rebuild counts separately only until the end of the day.
  it.each(bounds.map((one) => ({ ...one, step: one.drops ? 40 * HOURS : 1 })))(
    'in all states of $name, with each batch, planned on each possible counter',
    async ({ step, ...one }) => {
      const answers = new Map<string, number>();
      for (const { state } of worldsOf(one)) {
        for (const { name, plan } of possiblePlans(state, one.drops)) {
          const answer = await play(state, plan, step);
          answers.set(answer, (answers.get(answer) ?? 0) + 1);
          if (!['committed', 'conflict', 'nothing to do'].includes(answer)) {
            expect.fail(`${name}: ${answer}\n${JSON.stringify(state)}`);
          }
        }
      }
      expect(answers.get('committed')).toBeGreaterThan(100);
      expect(answers.get('conflict')).toBeGreaterThan(100);
    },
  );
});

describe.each(counterStores(useDatabase()))('a counter store $name', ({ create }) => {
  const DAY = 24 * HOURS;
  const records = {
    a: [knownRecord(0), knownRecord(1, { writtenAt: 200 })],
    b: [knownRecord(0, { writtenAt: 2 * DAY }), knownRecord(1, { writtenAt: 2 * DAY })],
  };
  type Shard = keyof typeof records;
  let store: CounterUnderTest;
  beforeEach(async () => {
    store = await create();
  });

  const plan = (seen: Counter, shard: Shard, upTo: number): CounterChange => {
    const change = planBatch(seen, shard, records[shard].slice(0, upTo));
    if (change) return change;
    throw new Error('There is nothing to count');
  };

  /** Writes, and checks the resulting counter against the specification. */
  const send = async (change: CounterChange): Promise<CommitAnswer['status']> => {
    const before = await store.read();
    const { status } = await store.commitChange(change);
    const after = await store.read();
    const recordsOf = (id: string) => records[id as Shard];
    expect(whyNotSpecified({ before, after, recordsOf })).toBeUndefined();
    return status;
  };

  const count = async (shard: Shard, upTo: number): Promise<void> => {
    expect(await send(plan(await store.read(), shard, upTo))).toBe('committed');
  };

  it('takes the steps of the specification in one write each', async () => {
    await count('a', 1);
    await count('a', 2);
    await count('b', 2);
    expect(await store.read()).toMatchObject({ total: 4, watermark: 200 });
  });

  it('refuses a batch whose checkpoint has moved since it was planned', async () => {
    const [one, two] = [plan(await store.read(), 'a', 1), plan(await store.read(), 'a', 2)];
    await send(one);
    expect(await send(two)).toBe('conflict');
  });

  it('refuses a batch whose checkpoint was dropped since it was planned', async () => {
    const early = plan(await store.read(), 'a', 1);
    await count('a', 1);
    await count('b', 1);
    expect(await send(early)).toBe('conflict');
  });

  it('refuses to drop a checkpoint that has moved since it was seen', async () => {
    await count('a', 1);
    const dropping = plan(await store.read(), 'b', 1);
    await count('a', 2);
    expect(await send(dropping)).toBe('conflict');
  });

  it('refuses a batch that was planned before a rebuild began', async () => {
    const early = plan(await store.read(), 'a', 1);
    await store.beginRebuild(new Date(50_000).toISOString(), undefined);
    expect(await send(early)).toBe('conflict');
  });
});
