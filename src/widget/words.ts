// `#` stands for the number, `@` for the time it refers to.
const WORDS: Readonly<Record<string, string>> = {
  active: '# active in the last @',
  'visitors-1': '# visitor, ',
  visitors: '# visitors, ',
  stale: '# active at @',
  ignored: ', not counting you',
};

/**
 * The text `name`: from the page's attribute of that name, else the English default. A text for
 * exactly this count, such as `visitors-1`, takes precedence.
 */
export const findWords = (host: HTMLElement, name: string, count?: number): string => {
  // Not a template, which is larger when compressed.
  // biome-ignore lint/style/useTemplate: as above
  const special = name + '-' + count;
  const own = host.getAttribute(special) ?? host.getAttribute(name);
  return own ?? WORDS[special] ?? (WORDS[name] as string);
};
