import type { HeaderSet } from './header-set.ts';

/** The documentation of `sec-fetch-site`, with the versions of the browsers that send it. */
export const SEC_FETCH =
  'https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site';

/** What every user agent of Chrome on this system begins with. */
export const WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)';
export const ANDROID = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)';

/** What a cross-origin fetch() has without `sec-` headers, with those of 2019, and with all of them. */
export const LANGUAGES = { accept: '*/*', 'accept-language': 'de-DE,de;q=0.9,en;q=0.8' };
export const OLD_METADATA = {
  ...LANGUAGES,
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': 'cors',
};
export const METADATA = { ...OLD_METADATA, 'sec-fetch-dest': 'empty' };

/** The headers of a client, put together from the documentation at `source`. */
export const documented = (
  client: string,
  source: string,
  userAgent: string,
  headers: Record<string, string> = {},
): HeaderSet => ({ client, source, headers: { 'user-agent': userAgent, ...headers } });
