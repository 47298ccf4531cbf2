import type { Checkpoint, Plan, State, StreamRecord } from './state.ts';

/**
 * Every batch of every shard, planned on the current counter and on counters that differ from it in one
 * thing: an older checkpoint of the shard or of a dropped one, an older watermark, or another rebuild.
 * Such a plan was made earlier or from a stale memory. A plan that is stale in two things is refused if
 * either is, so it adds no state.
 */
export const possiblePlans = (state: State, drops: boolean): NamedPlan[] =>
  state.shards.flatMap(({ records }, shard) =>
    dropsOf(state, drops ? shard : undefined).flatMap((dropped) =>
      records.flatMap((_, place) => {
        const plan = planNow(state, { shard, upTo: place + 1, dropped });
        return [plan, ...stalePlans(state, plan)].map((one) => ({ name: nameOf(one), plan: one }));
      }),
    ),
  );

/** A plan and its name in a trace. */
export interface NamedPlan {
  readonly name: string;
  readonly plan: Plan;
}

type Dropped = Plan['dropped'];

const planNow = (
  { shards, watermark, rebuild }: State,
  part: Pick<Plan, 'shard' | 'upTo' | 'dropped'>,
): Plan => ({
  ...part,
  ...{ checkpoint: shards[part.shard]?.checkpoint, watermark, cutoff: rebuild?.cutoff },
});

const stalePlans = (state: State, plan: Plan): Plan[] => [
  ...olderCheckpoints(state, plan.shard).map((checkpoint) => ({ ...plan, checkpoint })),
  ...Array.from({ length: state.watermark }, (_, watermark) => ({ ...plan, watermark })),
  ...otherCutoffs(state).map((cutoff) => ({ ...plan, cutoff })),
  ...[...plan.dropped.keys()].flatMap((of) =>
    olderCheckpoints(state, of).flatMap((seen) =>
      seen ? [{ ...plan, dropped: new Map(plan.dropped).set(of, seen) }] : [],
    ),
  ),
];

const olderCheckpoints = ({ shards }: State, shard: number): (Checkpoint | undefined)[] => {
  const { records = [], checkpoint } = shards[shard] ?? {};
  return Array.from({ length: checkpoint?.place ?? 0 }, (_, place) => checkpointAt(records, place));
};

const checkpointAt = (records: readonly StreamRecord[], place: number): Checkpoint | undefined =>
  place === 0 ? undefined : { place, at: Math.max(...records.slice(0, place).map(({ at }) => at)) };

const otherCutoffs = ({ rebuild, survey }: State): (number | undefined)[] =>
  [undefined, survey?.cutoff].filter((cutoff) => cutoff !== rebuild?.cutoff);

const dropsOf = ({ shards }: State, except: number | undefined): Dropped[] => {
  const found: Dropped[] = [new Map()];
  if (except === undefined) return found;
  for (const [of, { checkpoint }] of shards.entries()) {
    if (of === except || !checkpoint) continue;
    found.push(...found.map((others) => new Map(others).set(of, checkpoint)));
  }
  return found;
};

const nameOf = ({ shard, upTo, checkpoint, watermark, cutoff, dropped }: Plan): string =>
  [
    `shard ${shard} up to ${upTo}, planned on checkpoint ${checkpoint?.place ?? 'none'}`,
    `watermark ${watermark}`,
    ...(cutoff === undefined ? [] : [`cutoff ${cutoff}`]),
    ...[...dropped].map(([of, seen]) => `drops shard ${of} at ${seen.place}`),
  ].join(', ');
