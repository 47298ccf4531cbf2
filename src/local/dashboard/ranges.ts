const HOUR_MS = 3_600_000;

/** The ranges that the page offers, in milliseconds, by their names in the parameter `range`. */
export const RANGES: Readonly<Record<string, number>> = {
  '1h': HOUR_MS,
  '3h': 3 * HOUR_MS,
  '12h': 12 * HOUR_MS,
  '1d': 24 * HOUR_MS,
  '1w': 7 * 24 * HOUR_MS,
};
