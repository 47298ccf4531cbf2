import { createProjectorHandlerWith } from '../../src/projector/projector-handler.ts';
import type { Log } from '../../src/runtime/log.ts';
import { createCheckedCounters } from './checked-counters.ts';
import { commitWithFaults } from './faults.ts';
import { CONTAINERS } from './history.ts';
import type { SourceSettings } from './source-settings.ts';
import { createStreamModel } from './stream-model.ts';
import type { World } from './world.ts';

const START_MS = Date.parse('2026-11-23T18:00:00.000Z');
const SILENT: Log = { warn: () => undefined, error: () => undefined };

/** A world in which nothing has happened yet. */
export const createWorld = (settings: SourceSettings): World => {
  const events = new Map<string, number>();
  const countEvent = (event: string): void => void events.set(event, (events.get(event) ?? 0) + 1);
  const model = createStreamModel(START_MS, countEvent);
  const world: World = {
    ...{ model, counters: createCheckedCounters(model), settings, containers: [] },
    ...{ delayedCommits: [], upToDate: new Map(), violation: undefined },
    ...{
      shardsWithFailures: new Set(),
      rebuilds: [],
      undoRequests: new Map(),
      failures: new Map(),
      events,
      countEvent,
    },
    ...{ isPolled: false, deliveries: 0, invocations: 0 },
  };
  for (let index = 0; index < CONTAINERS; index += 1) startContainer(world, index);
  return world;
};

/** Replaces a container with a new one that has no memory. */
export const startContainer = (world: World, index: number): void => {
  for (const [counter, upToDate] of world.upToDate) {
    if (upToDate === index) world.upToDate.delete(counter);
  }
  world.containers[index] = createProjectorHandlerWith({
    commitChange: (change) => commitWithFaults(world, change),
    log: SILENT,
    meter: () => undefined,
  });
};
