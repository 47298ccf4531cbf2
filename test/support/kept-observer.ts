import { setTimeout as delay } from 'node:timers/promises';
import {
  createObserver,
  type ObserverAnswer,
  type WindowEvent,
} from '../../proof/observation/observer/observer-handler.ts';
import type { FailureRules } from '../../proof/observation/observer/plan-failure.ts';
import type { ProjectorHandler } from '../../src/projector/projector-handler.ts';
import type { ShardLineage } from '../../src/tables/stream-reader.ts';

/** The observer, run as by Lambda, with a log that is kept. */
export interface KeptObserver {
  /** For the local event source, which passes no window state on; Lambda does, per shard and window. */
  readonly handler: ProjectorHandler;
  readonly lines: string[];
}

const LIMIT_MS = 300;
const CALLS_PER_CONTAINER = 7;

/**
 * Runs the observer in consecutive containers. Like Lambda, ends a call that hangs, together with its
 * container.
 */
export const createKeptObserver = (
  rules: FailureRules,
  listShards: () => Promise<readonly ShardLineage[]>,
  now: () => number = Date.now,
): KeptObserver => {
  const lines: string[] = [];
  const states = new Map<string, ObserverAnswer['state']>();
  const sleep = async (ms: number): Promise<void> => {
    await delay(Math.min(ms, LIMIT_MS));
    if (ms > LIMIT_MS) throw new Error('Task timed out');
  };
  const write = (line: string): void => void lines.push(line);
  const open = (container: string) =>
    createObserver({ write, now, sleep, container, listShards, rules });
  let calls = 0;
  let observer = open('container-0');
  const handler: ProjectorHandler = async (event) => {
    calls += 1;
    if (calls % CALLS_PER_CONTAINER === 0) observer = open(`container-${calls}`);
    const { window } = event as WindowEvent;
    const place = `${event.shardId} ${window?.start}`;
    const context = { awsRequestId: `request-${calls}`, getRemainingTimeInMillis: () => LIMIT_MS };
    const { state, batchItemFailures } = await observer(
      { ...event, state: states.get(place) ?? {} } as WindowEvent,
      context,
    ).catch((error) => {
      if (error.message === 'Task timed out') observer = open(`container-${calls}-again`);
      throw error;
    });
    states.set(place, state);
    return { state: {}, batchItemFailures };
  };
  return { handler, lines };
};
