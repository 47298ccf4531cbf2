// `#` stands for the number, `@` for the time that it is about.
const WORDS: Readonly<Record<string, string>> = {
  'visitors-1': '# visitor, ',
  visitors: '# visitors, ',
  active: '# active in the last @',
  stale: '# active at @',
  ignored: ', not counting you',
};

/**
 * The words called `name`: the page's own, in an attribute of that name, else the English ones.
 * Words for one number alone, such as `visitors-1`, go before.
 */
export const findWords = (host: HTMLElement, name: string, count?: number): string => {
  const special = `${name}-${count}`;
  const own = host.getAttribute(special) ?? host.getAttribute(name);
  return own ?? WORDS[special] ?? (WORDS[name] as string);
};
