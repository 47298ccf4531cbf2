const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** A duration for display: `15 ms`, `1.5 s`, `12 min`, `3 h 58 min`. */
export const formatDuration = (ms: number): string => {
  if (ms < 0) return `-${formatDuration(-ms)}`;
  if (ms < SECOND_MS) return `${Math.round(ms)} ms`;
  if (ms < 2 * MINUTE_MS) return `${Number((ms / SECOND_MS).toFixed(1))} s`;
  if (ms < 2 * HOUR_MS) return `${Math.round(ms / MINUTE_MS)} min`;
  const minutes = Math.round(ms / MINUTE_MS);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

/** A time, epoch milliseconds, in ISO 8601 with milliseconds. */
export const formatTime = (ms: number): string => new Date(ms).toISOString();

/** The minimum, maximum and median of some durations, milliseconds. */
export const formatSpread = (lengthsMs: readonly number[]): string => {
  const sorted = lengthsMs.toSorted((a, b) => a - b);
  const [least, middle, greatest] = [0, Math.floor(sorted.length / 2), sorted.length - 1].map(
    (index) => formatDuration(sorted[index] ?? 0),
  );
  if (least === greatest) return `${least}`;
  return `${least} to ${greatest}, median ${middle}`;
};
