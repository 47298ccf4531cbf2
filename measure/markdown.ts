/** A Markdown table; all columns but the first hold numbers. */
export const markdownTable = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string =>
  [head, head.map((_, column) => (column === 0 ? '---' : '--:')), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');

/** A heading and a Markdown list. */
export const markdownList = (heading: string, items: readonly string[]): string =>
  [heading, '', ...items.map((item) => `- ${item}`)].join('\n');

/** An integer with thousands separators. */
export const integer = (value: number): string => Math.round(value).toLocaleString('en');
