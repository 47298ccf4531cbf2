import { ANDROID, documented, LANGUAGES, METADATA, SEC_FETCH, WINDOWS } from './documented.ts';
import type { HeaderSet } from './header-set.ts';

const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X)';

/** Browsers of people that are not Chromium, whatever they are called. */
export const DOCUMENTED_OTHERS: readonly HeaderSet[] = [
  documented(
    'Chrome on iOS, which is WebKit',
    'https://chromium.googlesource.com/chromium/src/+/HEAD/docs/ios/user_agent.md',
    `${IPHONE} ${WEBKIT} CriOS/138.0.7204.53 Mobile/15E148 Safari/604.1`,
    METADATA,
  ),
  documented(
    'Chrome on iOS 15',
    SEC_FETCH,
    `Mozilla/5.0 (iPhone; CPU iPhone OS 15_6 like Mac OS X) ${WEBKIT} CriOS/110.0.5481.83 Mobile/15E148 Safari/604.1`,
    LANGUAGES,
  ),
  documented(
    'Safari 17 on iOS',
    SEC_FETCH,
    `${IPHONE} ${WEBKIT} Version/17.4 Mobile/15E148 Safari/604.1`,
    METADATA,
  ),
  documented(
    'Safari 15 on macOS',
    SEC_FETCH,
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Version/15.6 Safari/605.1.15`,
    LANGUAGES,
  ),
  documented(
    'Firefox 130',
    SEC_FETCH,
    'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0',
    METADATA,
  ),
  documented(
    'Firefox 89',
    SEC_FETCH,
    'Mozilla/5.0 (X11; Linux x86_64; rv:89.0) Gecko/20100101 Firefox/89.0',
    LANGUAGES,
  ),
  documented(
    'Firefox 89 that claims to be Chrome',
    SEC_FETCH,
    `${WINDOWS} Chrome/138.0.0.0 Safari/537.36`,
    LANGUAGES,
  ),
];

/** The headers of HTTP clients that claim to be Chrome, from their documentation. */
export const DOCUMENTED_CLIENTS: readonly HeaderSet[] = [
  documented(
    'Deno fetch()',
    'https://github.com/denoland/deno/pull/14882',
    `${WINDOWS} Chrome/138.0.0.0 Safari/537.36`,
    { accept: '*/*', 'accept-language': '*', 'accept-encoding': 'gzip,br' },
  ),
  documented(
    'OkHttp',
    'https://square.github.io/okhttp/features/calls/',
    `${ANDROID} Chrome/138.0.0.0 Mobile Safari/537.36`,
    { 'accept-encoding': 'gzip' },
  ),
];
