/** When every world begins: a quarter of a day before midnight. */
export const START_MS = Date.parse('2026-11-23T18:00:00.000Z');
