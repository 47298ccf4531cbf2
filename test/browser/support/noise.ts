const MINUTE_MS = 60_000;

/** A number from 0 to 1 that looks random, the same for the same minute and salt; `time` in milliseconds. */
export const noise = (time: number, salt: number): number => {
  const value = Math.sin((time / MINUTE_MS) * 12.9898 + salt * 78.233) * 43_758.5453;
  return value - Math.floor(value);
};
