/**
 * Whole numbers in as few bytes as they need: 7 bits in each byte, the lowest first, with the eighth bit set
 * when more follow. A number near 0 is short whatever its sign: 0, -1, 1, -2 and 2 are stored as 0 to 4.
 */
export const encodeNumbers = (numbers: readonly number[]): Uint8Array => {
  const bytes: number[] = [];
  for (const number of numbers) {
    let rest = number < 0 ? -2 * number - 1 : 2 * number;
    for (; rest >= MORE; rest = Math.floor(rest / MORE)) bytes.push((rest % MORE) + MORE);
    bytes.push(rest);
  }
  return Uint8Array.from(bytes);
};

const MORE = 128;

/** The numbers in these bytes; undefined when one is cut off or larger than a whole number may be. */
export const decodeNumbers = (bytes: Uint8Array): number[] | undefined => {
  const numbers: number[] = [];
  let rest = 0;
  let unit = 1;
  for (const byte of bytes) {
    rest += (byte % MORE) * unit;
    if (!Number.isSafeInteger(rest)) return undefined;
    if (byte >= MORE) {
      unit *= MORE;
      continue;
    }
    numbers.push(rest % 2 === 0 ? rest / 2 : -(rest + 1) / 2);
    [rest, unit] = [0, 1];
  }
  return unit === 1 ? numbers : undefined;
};
