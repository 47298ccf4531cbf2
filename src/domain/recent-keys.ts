import { setNewest } from './set-newest.ts';

/** Keys that were added recently. */
export interface RecentKeys {
  readonly has: (key: string) => boolean;
  /** Adds a key, or makes it new again. */
  readonly add: (key: string) => void;
}

export interface RecentKeysLimits {
  /** The most keys that are kept. */
  readonly capacity: number;
  /** Milliseconds until an added key is forgotten. */
  readonly lifetimeMs: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * A bounded memory of keys. When it is full, the key that was used least recently is forgotten. A key from the future
 * (the clock was set back) has been forgotten, too.
 */
export const createRecentKeys = ({ capacity, lifetimeMs, now }: RecentKeysLimits): RecentKeys => {
  // From the least to the most recently used.
  const addedAt = new Map<string, number>();
  const use = (key: string, at: number): void => setNewest(addedAt, capacity, key, at);
  const isRecent = (at: number): boolean => at <= now() && now() < at + lifetimeMs;
  return {
    has: (key) => {
      const at = addedAt.get(key);
      if (at === undefined) return false;
      if (isRecent(at)) use(key, at);
      else addedAt.delete(key);
      return addedAt.has(key);
    },
    add: (key) => use(key, now()),
  };
};
