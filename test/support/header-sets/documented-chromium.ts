import {
  ANDROID,
  documented,
  LANGUAGES,
  METADATA,
  OLD_METADATA,
  SEC_FETCH,
  WINDOWS,
} from './documented.ts';
import type { HeaderSet } from './header-set.ts';

const SEC_CH_UA = 'https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-CH-UA';
const WEBVIEW =
  'https://developer.android.com/reference/android/webkit/WebViewClient#shouldInterceptRequest(android.webkit.WebView,%20android.webkit.WebResourceRequest)';
const ELECTRON = 'https://github.com/electron/electron/issues/3034';
const QT = 'https://github.com/magiruuvelvet/LightweightQtDRMStreamViewer/issues/19';
const BLINK = 'AppleWebKit/537.36 (KHTML, like Gecko)';

const hints = (brand: string, major: string) => ({
  ...METADATA,
  'sec-ch-ua': `"Chromium";v="${major}", "${brand}";v="${major}", "Not_A Brand";v="24"`,
  'sec-ch-ua-mobile': '?0',
  'sec-ch-ua-platform': '"Windows"',
});

/** Browsers of people, and apps, whose user agents contain `Chrome/`. */
export const DOCUMENTED_CHROMIUM: readonly HeaderSet[] = [
  documented('Chrome 138', SEC_CH_UA, `${WINDOWS} Chrome/138.0.0.0 Safari/537.36`, {
    ...hints('Google Chrome', '138'),
  }),
  documented('Edge 138', SEC_CH_UA, `${WINDOWS} Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0`, {
    ...hints('Microsoft Edge', '138'),
  }),
  documented('Opera 119', SEC_CH_UA, `${WINDOWS} Chrome/134.0.0.0 Safari/537.36 OPR/119.0.0.0`, {
    ...hints('Opera', '134'),
  }),
  documented(
    'Samsung Internet 24',
    'https://github.com/nielsbasjes/yauaa/issues/1386',
    `${ANDROID} SamsungBrowser/24.0 Chrome/117.0.0.0 Mobile Safari/537.36`,
    hints('Samsung Internet', '117'),
  ),
  documented(
    'Chrome 138 on a page whose policy disables client hints',
    SEC_CH_UA,
    `${WINDOWS} Chrome/138.0.0.0 Safari/537.36`,
    METADATA,
  ),
  documented(
    'Chrome 138 over plain HTTP',
    SEC_FETCH,
    `${WINDOWS} Chrome/138.0.0.0 Safari/537.36`,
    LANGUAGES,
  ),
  documented(
    'Chrome 138 with an extension that removes accept-language',
    'https://developer.chrome.com/docs/extensions/reference/api/declarativeNetRequest',
    `${WINDOWS} Chrome/138.0.0.0 Safari/537.36`,
    Object.fromEntries(
      Object.entries(hints('Google Chrome', '138')).filter(([name]) => name !== 'accept-language'),
    ),
  ),
  documented(
    'Chrome 138 through a proxy that removes what it does not know',
    'https://www.rfc-editor.org/rfc/rfc9110#field.via',
    `${WINDOWS} Chrome/138.0.0.0 Safari/537.36`,
    { via: '1.1 proxy.example' },
  ),
  documented(
    'Chrome 80',
    'https://github.com/frigus02/RESTer/issues/122',
    `${WINDOWS} Chrome/80.0.3987.132 Safari/537.36`,
    OLD_METADATA,
  ),
  documented('Chrome 75', SEC_FETCH, `${WINDOWS} Chrome/75.0.3770.100 Safari/537.36`, LANGUAGES),
  documented(
    'Chrome 75 without any of the headers',
    SEC_FETCH,
    `${WINDOWS} Chrome/75.0.3770.100 Safari/537.36`,
  ),
  documented(
    'Edge 18, which is not Chromium',
    'https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/User-Agent',
    `${WINDOWS} Chrome/70.0.3538.102 Safari/537.36 Edge/18.19582`,
  ),
  documented(
    'a WebView whose app sends the request itself',
    WEBVIEW,
    `Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP2A.240805.005; wv) ${BLINK} Version/4.0 Chrome/129.0.6668.81 Mobile Safari/537.36`,
  ),
  documented(
    'an in-app browser without the mark of a WebView',
    WEBVIEW,
    `Mozilla/5.0 (Linux; U; Android 10; en-US; Pixel 3) ${BLINK} Version/4.0 Chrome/100.0.4896.58 UCBrowser/13.5 Mobile Safari/537.36`,
  ),
  documented(
    'Electron',
    ELECTRON,
    `${WINDOWS} Mail/1.2.3 Chrome/120.0.6099.56 Electron/28.0.0 Safari/537.36`,
  ),
  documented(
    'Qt WebEngine',
    QT,
    `${WINDOWS} QtWebEngine/6.5.2 Chrome/108.0.5359.220 Safari/537.36`,
  ),
];
