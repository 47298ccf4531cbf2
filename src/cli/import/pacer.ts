/** Limits the rate of writes. */
export interface Pacer {
  /**
   * Charges units consumed at `nowMs`; returns how many milliseconds to wait before the next write.
   */
  readonly charge: (units: number, nowMs: number) => number;
}

/**
 * Creates a pacer for this rate from `startMs`, epoch milliseconds. Unused units are lost: there
 * are no bursts.
 */
export const createPacer = (unitsPerSecond: number, startMs: number): Pacer => {
  let freeAtMs = startMs;
  return {
    charge: (units, nowMs) => {
      freeAtMs = Math.max(freeAtMs, nowMs) + (units / unitsPerSecond) * 1_000;
      return Math.max(0, freeAtMs - nowMs);
    },
  };
};
