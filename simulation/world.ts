import type { CounterChange } from '../src/domain/counter.ts';
import type { CommitAnswer } from '../src/domain/counter-store.ts';
import type { Log } from '../src/log.ts';
import { createProjectorOver, type ProjectorHandler } from '../src/projector/projector-handler.ts';
import { CONTAINERS, type Fault } from './history.ts';
import { createLedger, type Ledger } from './ledger.ts';
import type { SourceSettings } from './source-settings.ts';
import { createStreamModel, type StreamModel } from './stream-model.ts';

/** An invocation that Lambda gave up and that is still alive. */
export interface Zombie {
  /** Lets its commit arrive, and waits until it is over. */
  readonly resume: () => Promise<void>;
}

/** Everything that one history happens to. */
export interface World {
  readonly model: StreamModel;
  readonly ledger: Ledger;
  readonly settings: SourceSettings;
  readonly containers: ProjectorHandler[];
  zombies: Zombie[];
  /** What befalls the next commit. */
  nextFault: Fault;
  /** Called when a commit is held up. */
  onHeld: (release: () => void) => void;
  /** Failed deliveries of a shard's batch in a row. */
  readonly failures: Map<string, number>;
  readonly events: ReadonlyMap<string, number>;
  readonly note: (event: string) => void;
  /** Whether the event source has looked at the stream yet. */
  isPolled: boolean;
  deliveries: number;
  invocations: number;
}

const START_MS = Date.parse('2026-11-23T18:00:00.000Z');
const SILENT: Log = { warn: () => undefined, error: () => undefined };

/** A world in which nothing has happened yet. */
export const createWorld = (settings: SourceSettings): World => {
  const events = new Map<string, number>();
  const note = (event: string): void => void events.set(event, (events.get(event) ?? 0) + 1);
  const model = createStreamModel(START_MS, note);
  const world: World = {
    ...{ model, ledger: createLedger(model), settings, containers: [], zombies: [] },
    ...{ nextFault: 'none', onHeld: () => undefined, failures: new Map(), events, note },
    ...{ isPolled: false, deliveries: 0, invocations: 0 },
  };
  for (let index = 0; index < CONTAINERS; index += 1) startContainer(world, index);
  return world;
};

/** Puts a new container, which remembers nothing, in the place of an old one. */
export const startContainer = (world: World, index: number): void => {
  const commitChange = (change: CounterChange) => commitWithFault(world, change);
  world.containers[index] = createProjectorOver(commitChange, SILENT, () => world.model.nowMs);
};

const FAULT_NAMES = {
  crashBefore: 'crash before the commit',
  crashAfter: 'crash after the commit',
  lostAnswer: 'response lost, SDK retries',
  throttle: 'throttled',
  zombie: 'invocation given up, still alive',
} as const;

const commitWithFault = async (world: World, change: CounterChange): Promise<CommitAnswer> => {
  const { ledger, nextFault } = world;
  world.nextFault = 'none';
  if (nextFault !== 'none') world.note(FAULT_NAMES[nextFault]);
  switch (nextFault) {
    case 'none':
      return ledger.commit(change);
    case 'crashBefore':
    case 'throttle':
      throw new Error(nextFault);
    case 'crashAfter':
      await ledger.commit(change);
      throw new Error(nextFault);
    case 'lostAnswer':
      await ledger.commit(change);
      return ledger.commit(change);
    case 'zombie':
      await new Promise<void>((release) => world.onHeld(release));
      return ledger.commit(change);
  }
};
