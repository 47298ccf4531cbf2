import { admissionOf, type CounterList } from '../domain/counter-name.ts';
import { createRecentKeys } from '../domain/recent-keys.ts';
import type { CounterReason } from '../domain/refusal-reason.ts';
import type { AddedName } from '../tables/counter-names.ts';

/** Admits a counter, or returns why not. Throws when the names cannot be read or written. */
export type AdmitCounter = (name: string) => Promise<CounterReason | undefined>;

/** The stored names that patterns admit. Both throw when they fail. */
export interface NameStore {
  readonly has: (name: string) => Promise<boolean>;
  readonly add: (name: string) => Promise<AddedName>;
}

export interface AdmissionDependencies {
  readonly counters: CounterList;
  /** Undefined without patterns, which alone need it. */
  readonly names: NameStore | undefined;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Admits listed counters without a request. Of a name that a pattern matches, each container asks once whether it
 * exists, and adds it if it does not. What it learned, it keeps in memories of a fixed size: that a name exists for
 * an hour, and that there is no room for one for a minute. During that minute another new name costs one read, and
 * no write.
 */
export const createAdmitCounter = ({
  counters,
  names,
  now,
}: AdmissionDependencies): AdmitCounter => {
  const admitMatched = names && createAdmitMatched(names, now);
  return async (name) => {
    const admission = admissionOf(name, counters);
    if (admission === 'listed') return undefined;
    return admission && admitMatched ? admitMatched(name) : 'unknown-counter';
  };
};

/** A name has at most 64 characters, so each memory takes a few megabytes at most. */
const CAPACITY = 10_000;

// For so long a container may go on counting after somebody deleted the item of a name.
const EXISTS_MS = 3_600_000;
const NO_ROOM_MS = 60_000;
const ANY = '*'; // no name

const createAdmitMatched = (names: NameStore, now: () => number): AdmitCounter => {
  const existing = createRecentKeys({ capacity: CAPACITY, lifetimeMs: EXISTS_MS, now });
  const refused = createRecentKeys({ capacity: CAPACITY, lifetimeMs: NO_ROOM_MS, now });
  const full = createRecentKeys({ capacity: 1, lifetimeMs: NO_ROOM_MS, now });
  const inTurn = createQueue();
  const addIfRoom = async (name: string): Promise<AddedName> => {
    if (full.has(ANY)) return 'full';
    const added = await names.add(name);
    if (added === 'full') full.add(ANY);
    return added;
  };
  const ask = async (name: string): Promise<CounterReason | undefined> => {
    const exists = (await names.has(name)) || (await inTurn(() => addIfRoom(name))) === 'present';
    (exists ? existing : refused).add(name);
    return exists ? undefined : 'too-many-counters';
  };
  const shared = shareCalls(ask);
  return async (name) => {
    if (existing.has(name)) return undefined;
    return refused.has(name) ? 'too-many-counters' : shared(name);
  };
};

/** Runs one task at a time: concurrent transactions would fail because of each other, since all raise one number. */
const createQueue = () => {
  let last: Promise<unknown> = Promise.resolve();
  return <Result>(task: () => Promise<Result>): Promise<Result> => {
    const result = last.then(task);
    last = result.catch(() => undefined);
    return result;
  };
};

// Concurrent visits of one name share one call.
const shareCalls = <Result>(call: (name: string) => Promise<Result>) => {
  const pending = new Map<string, Promise<Result>>();
  return (name: string): Promise<Result> => {
    const running = pending.get(name);
    if (running) return running;
    const started = call(name).finally(() => pending.delete(name));
    pending.set(name, started);
    return started;
  };
};
