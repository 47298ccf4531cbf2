/** Spreads writes over time. */
export interface Pacer {
  /** Notes so many units that were consumed at `nowMs`; the milliseconds to wait before the next. */
  readonly charge: (units: number, nowMs: number) => number;
}

/** A pacer that lets through so many units a second, beginning at `startMs`; saves none up. */
export const createPacer = (unitsPerSecond: number, startMs: number): Pacer => {
  let freeAtMs = startMs;
  return {
    charge: (units, nowMs) => {
      freeAtMs = Math.max(freeAtMs, nowMs) + (units / unitsPerSecond) * 1_000;
      return Math.max(0, freeAtMs - nowMs);
    },
  };
};
