import type { DynamoDBRecord } from 'aws-lambda';
import type { LambdaContext } from '../../../src/runtime/entry-point.ts';
import type { ShardLineage } from '../../../src/tables/stream-reader.ts';
import { type ObservedRecord, observeRecord } from './observe-record.ts';
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

/** The fields used of a tumbling window's event; any of them may be missing or malformed. */
export interface WindowEvent {
  readonly shardId?: unknown;
  readonly Records?: readonly DynamoDBRecord[];
  readonly window?: { readonly start?: unknown; readonly end?: unknown };
  readonly state?: { readonly previous?: unknown };
  readonly isFinalInvokeForWindow?: unknown;
}

/** The response; Lambda passes its state to the next invocation of the same shard and window. */
export interface ObserverAnswer {
  readonly state: { readonly previous: string };
  readonly batchItemFailures: readonly [];
}

/**
 * Logs what it was called with and returns. For a batch that is to fail on purpose it throws, or runs
 * until Lambda ends it, so that Lambda retries the batch.
 */
export type ObserverHandler = (
  event: WindowEvent,
  context?: LambdaContext,
) => Promise<ObserverAnswer>;

/** A failure on purpose, to observe the retry. Nothing is wrong. */
class PlannedFailureError extends Error {
  override readonly name = 'PlannedFailureError';

  constructor() {
    super('The observer fails this batch on purpose to observe the retry');
  }
}

export interface ObserverDependencies {
  /** Writes a line to the log; the line has no line break. */
  readonly write: (line: string) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** A unique name of the container. */
  readonly container: string;
  readonly listShards: () => Promise<readonly ShardLineage[]>;
  readonly rules: FailureRules;
}

/** The observer of one container. */
export const createObserver = (dependencies: ObserverDependencies): ObserverHandler => {
  const { now, sleep, container, rules } = dependencies;
  const write = (line: ObservedLine): void => dependencies.write(JSON.stringify(line));
  const logShards = createShardLogger(dependencies, write);
  let calls = 0;
  return async (event, context) => {
    calls += 1;
    const origin = { at: now(), container, call: calls };
    const records = (event.Records ?? []).map((record) => observeRecord(record ?? {}));
    const plan = planFailure(headOf(records), origin.at, rules);
    const beginning = { ...origin, ...describeEvent(event, context), plan: plan ?? null };
    for (const line of beganLines(beginning, records)) write(line);
    await logShards(origin, beginning.shardId);
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

const headOf = ([first]: readonly ObservedRecord[]) =>
  first?.number === undefined ? undefined : { number: first.number, writtenMs: first.writtenMs };

type Described = Omit<Beginning, 'at' | 'container' | 'call' | 'plan'>;

const UNLIMITED_MS = 900_000;

// Only values of the documented form are kept, so that nothing else gets into the log.
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

/** Lists the shards when a container sees a new one; a failure is logged and has no other effect. */
const createShardLogger = (
  { listShards }: ObserverDependencies,
  write: (line: ShardsLine) => void,
) => {
  const logged = new Set<string>();
  return async (origin: Origin, shardId: string | null): Promise<void> => {
    if (shardId === null || logged.has(shardId)) return;
    logged.add(shardId);
    try {
      for (const line of shardsLines(origin, await listShards())) write(line);
    } catch (cause) {
      const { name: error } = cause as Error;
      write({ observer: MARK, kind: 'shards', ...origin, shards: [], error });
    }
  };
};
