/** A number and what it counts, in the singular or with an s: `1 row`, `2 rows`. */
export const countOf = (count: number, thing: string): string =>
  `${count} ${thing}${count === 1 ? '' : 's'}`;
