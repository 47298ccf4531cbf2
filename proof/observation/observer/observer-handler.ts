import type { DynamoDBRecord } from 'aws-lambda';
import type { LambdaContext } from '../../../src/runtime/entry-point.ts';
import type { ShardLineage } from '../../../src/tables/stream-reader.ts';
import {
  type Beginning,
  beganLines,
  type EndedLine,
  MARK,
  type ObservedLine,
  type ShardsLine,
  shardsLines,
} from './observed-line.ts';
import { type Failure, type FailureRules, planFailure } from './plan-failure.ts';
import { type Sighting, sightRecord } from './sight-record.ts';

/** The part of a tumbling window's event that is looked at; any of it may be missing or odd. */
export interface WindowEvent {
  readonly shardId?: unknown;
  readonly Records?: readonly DynamoDBRecord[];
  readonly window?: { readonly start?: unknown; readonly end?: unknown };
  readonly state?: { readonly previous?: unknown };
  readonly isFinalInvokeForWindow?: unknown;
}

/** What it answers; Lambda hands the state to the next invocation of the same shard and window. */
export interface ObserverAnswer {
  readonly state: { readonly previous: string };
  readonly batchItemFailures: readonly [];
}

/**
 * Writes down what it was called with, and returns. Throws, or lets Lambda end it, for a batch that
 * is to fail on purpose, so that Lambda brings it again.
 */
export type ObserverHandler = (
  event: WindowEvent,
  context?: LambdaContext,
) => Promise<ObserverAnswer>;

/** The observer fails a batch to see it come again. Nothing is wrong. */
class PlannedFailureError extends Error {
  override readonly name = 'PlannedFailureError';

  constructor() {
    super('The observer fails this batch on purpose, to see it come again');
  }
}

export interface ObserverDependencies {
  /** Takes a line of the log, without its end. */
  readonly write: (line: string) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** A name that no other container has. */
  readonly container: string;
  readonly listShards: () => Promise<readonly ShardLineage[]>;
  readonly rules: FailureRules;
}

/** An observer in one container. */
export const createObserver = (dependencies: ObserverDependencies): ObserverHandler => {
  const { now, sleep, container, rules } = dependencies;
  const write = (line: ObservedLine): void => dependencies.write(JSON.stringify(line));
  const tellShards = createShardTeller(dependencies, write);
  let calls = 0;
  return async (event, context) => {
    calls += 1;
    const origin = { at: now(), container, call: calls };
    const sightings = (event.Records ?? []).map((record) => sightRecord(record ?? {}));
    const plan = planFailure(headOf(sightings), origin.at, rules);
    const beginning = { ...origin, ...describeEvent(event, context), plan: plan ?? null };
    for (const line of beganLines(beginning, sightings)) write(line);
    await tellShards(origin, beginning.shardId);
    await sleep(waitOf(plan, beginning.limitMs, rules));
    const isTaken = plan === undefined;
    write(endedLine({ ...origin, at: now() }, beginning.shardId, isTaken));
    if (!isTaken) throw new PlannedFailureError();
    return { state: { previous: `${container}/${origin.call}` }, batchItemFailures: [] };
  };
};

const waitOf = (plan: Failure | undefined, limitMs: number, { pauseMs }: FailureRules): number => {
  if (plan === 'hang') return limitMs + pauseMs;
  return plan === 'pause' ? pauseMs : 0;
};

const headOf = ([first]: readonly Sighting[]) =>
  first?.number === undefined ? undefined : { number: first.number, writtenMs: first.writtenMs };

type Described = Omit<Beginning, 'at' | 'container' | 'call' | 'plan'>;

const UNLIMITED_MS = 900_000;

// Only what has the form that AWS documents is kept, so that nothing else can slip into the log.
const describeEvent = (
  { shardId, window, state, isFinalInvokeForWindow }: WindowEvent,
  context: LambdaContext | undefined,
): Described => ({
  requestId: keep(context?.awsRequestId, NAME),
  shardId: keep(shardId, NAME),
  windowStart: keep(window?.start, TIME),
  windowEnd: keep(window?.end, TIME),
  isFinal: isFinalInvokeForWindow === true,
  previous: keep(state?.previous, CALL),
  limitMs: context?.getRemainingTimeInMillis() ?? UNLIMITED_MS,
});

const NAME = /^[\w-]{1,65}$/;
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]{5,15}Z$/;
const CALL = /^[\w-]{1,40}\/\d{1,9}$/;

const keep = (value: unknown, form: RegExp): string | null =>
  typeof value === 'string' && form.test(value) ? value : null;

type Origin = Pick<EndedLine, 'at' | 'container' | 'call'>;

const endedLine = (origin: Origin, shardId: string | null, isTaken: boolean): EndedLine => ({
  ...{ observer: MARK, kind: 'ended', ...origin, shardId, isTaken },
});

/** Lists the shards when a container sees a new one; a failure is logged, and changes nothing. */
const createShardTeller = (
  { listShards }: ObserverDependencies,
  write: (line: ShardsLine) => void,
) => {
  const told = new Set<string>();
  return async (origin: Origin, shardId: string | null): Promise<void> => {
    if (shardId === null || told.has(shardId)) return;
    told.add(shardId);
    try {
      for (const line of shardsLines(origin, await listShards())) write(line);
    } catch (cause) {
      const { name: error } = cause as Error;
      write({ observer: MARK, kind: 'shards', ...origin, shards: [], error });
    }
  };
};
