/** Formats a count with its noun, which takes an s in the plural: `1 row`, `2 rows`. */
export const countOf = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;
