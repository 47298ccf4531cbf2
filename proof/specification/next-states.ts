import type { Bounds, PlannedRecord } from './bounds.ts';
import type * as CounterSpecification from './counter-specification.ts';
import { possiblePlans } from './possible-plans.ts';
import type { State, StreamRecord } from './state.ts';

/** The actions of the specification, or of one with a broken rule. */
export type Specification = typeof CounterSpecification;

/** A state of the specification, and the budget used so far. */
export interface World {
  readonly state: State;
  /** Seconds, by DynamoDB's clock. */
  readonly now: number;
  readonly losses: number;
  readonly rebuilds: number;
}

/** A transition to another world. */
export interface Transition {
  readonly name: string;
  readonly world: World;
}

/** The world before the first record. */
export const initialWorld = ({ shards }: Bounds): World => ({
  state: {
    shards: shards.map(() => ({ records: [], checkpoint: undefined })),
    ...{ total: 0, removed: 0, watermark: 0, rebuild: undefined, survey: undefined },
  },
  ...{ now: 1, losses: 0, rebuilds: 0 },
});

/** All transitions within the bounds. A refused step changes nothing and is no transition. */
export const nextTransitions = (
  specification: Specification,
  bounds: Bounds,
  world: World,
): Transition[] =>
  [
    ...clockTransitions(bounds, world),
    ...streamTransitions(specification, bounds, world),
    ...commitTransitions(specification, bounds, world),
    ...rebuildTransitions(specification, bounds, world),
  ].flatMap(({ name, next }) => (next ? [{ name, world: { ...world, ...next } }] : []));

interface Attempt {
  readonly name: string;
  readonly next: Partial<World> | undefined;
}

const clockTransitions = ({ until }: Bounds, { now }: World): Attempt[] =>
  now < until ? [{ name: 'one second passes', next: { now: now + 1 } }] : [];

const streamTransitions = (
  { write, lose }: Specification,
  bounds: Bounds,
  { state, now, losses }: World,
): Attempt[] =>
  bounds.shards.flatMap((plan, shard) => {
    const planned = plan[state.shards[shard]?.records.length ?? 0];
    const written = planned && write(state, shard, recordOf(planned, now));
    const lost = losses < bounds.losses ? lose(state, shard) : undefined;
    return [
      {
        name: `shard ${shard} receives a record: ${planned?.kind}`,
        next: written && { state: written },
      },
      { name: `shard ${shard} loses a record`, next: lost && { state: lost, losses: losses + 1 } },
    ];
  });

const recordOf = ({ kind, isOld, time }: PlannedRecord, now: number): StreamRecord => ({
  ...{ kind, at: timeOf(now, time), first: isOld ? 0 : now },
  ...{ fate: 'waiting', repair: 'none' },
});

const timeOf = (now: number, time: PlannedRecord['time']): number => {
  if (time === 'none') return 0;
  return time === 'early' ? now - 1 : now;
};

const commitTransitions = (
  { commit }: Specification,
  { drops }: Bounds,
  { state }: World,
): Attempt[] =>
  possiblePlans(state, drops).map(({ name, plan }) => {
    const next = commit(state, plan);
    return { name, next: next && { state: next } };
  });

const rebuildTransitions = (
  { beginRebuild, abortRebuild, survey, applyCorrection }: Specification,
  bounds: Bounds,
  { state, now, rebuilds }: World,
): Attempt[] => {
  if (bounds.rebuilds === 0) return [];
  const marked = rebuilds < bounds.rebuilds ? beginRebuild(state, now + 1) : undefined;
  const states = {
    abortRebuild: abortRebuild(state),
    survey: survey(state, now),
    applyCorrection: applyCorrection(state),
  };
  return [
    {
      name: `begin a rebuild with cutoff ${now + 1}`,
      next: marked && { state: marked, rebuilds: rebuilds + 1 },
    },
    ...Object.entries(states).map(([name, next]) => ({ name, next: next && { state: next } })),
  ];
};
