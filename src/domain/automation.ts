/** Header values by lower-case name. */
type Headers = Readonly<Record<string, string | undefined>>;

interface AutomationRule {
  readonly name: string;
  /** The first major version of Chromium for which the rule holds. */
  readonly since: number;
  /** Whether no Chromium sends a request with these headers. */
  readonly matches: (headers: Headers) => boolean;
}

const isNamed = (prefix: string, headers: Headers): boolean =>
  Object.entries(headers).some(([name, value]) => value !== undefined && name.startsWith(prefix));

// Chromium sends the languages of its user. HTTP clients that imitate the Fetch standard send `*`.
const hasLanguages = ({ 'accept-language': languages = '*' }: Headers): boolean =>
  languages.trim() !== '*';

/**
 * How the headers of a request show that they are not from the Chromium that its user agent claims. Only what is
 * certain is a rule. Chromium adds these headers after the page has made its request, so no page can leave them out.
 *
 * A missing `sec-fetch-*` or `sec-ch-ua` alone proves nothing: over plain HTTP, Chromium sends them to localhost only,
 * and a page's policy can disable `sec-ch-ua`. It sends `accept-language` over plain HTTP, too, but an extension can
 * remove that. `sec-fetch-dest` proves nothing either, because some requests of Chrome 80 lack it.
 *
 * docs/operations.md has a line for each rule.
 *
 * @see https://github.com/frigus02/RESTer/issues/122
 */
export const AUTOMATION_RULES = [
  {
    // https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
    name: 'no-browser-headers',
    since: 76,
    matches: (headers) =>
      !isNamed('sec-fetch-', headers) && !isNamed('sec-ch-ua', headers) && !hasLanguages(headers),
  },
  {
    // Since 80, one function adds them all.
    // https://source.chromium.org/chromium/chromium/src/+/main:services/network/sec_header_helpers.cc
    name: 'incomplete-fetch-metadata',
    since: 80,
    matches: (headers) =>
      isNamed('sec-fetch-', headers) &&
      (headers['sec-fetch-site'] === undefined || headers['sec-fetch-mode'] === undefined),
  },
  {
    // https://source.chromium.org/chromium/chromium/src/+/main:headless/lib/browser/headless_browser_impl.cc
    name: 'headless-brand',
    since: 89,
    matches: ({ 'sec-ch-ua': brands = '' }) => brands.includes('HeadlessChrome'),
  },
] as const satisfies readonly AutomationRule[];

/** The name of an automation rule: a property of the log line of a refused visit. */
export type AutomationRuleName = (typeof AUTOMATION_RULES)[number]['name'];

/**
 * The rule by which a request that claims to be from Chromium is not; undefined if no rule is certain. Any script
 * can send the headers of a browser: this finds those that do not.
 *
 * Nothing is certain about a request through a proxy that names itself, because it may have removed headers.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.via
 */
export const findAutomation = (
  userAgent: string | undefined,
  headers: Headers,
): AutomationRuleName | undefined => {
  const version = claimedVersion(userAgent ?? '');
  if (version === undefined || headers.via !== undefined) return undefined;
  return AUTOMATION_RULES.find(({ since, matches }) => version >= since && matches(headers))?.name;
};

// Chrome on iOS is WebKit and has `CriOS/` instead. Former Edge was not Chromium; its `Chrome/` ends at 70.
const CHROMIUM = / Chrome\/(\d{1,4})\./;

/**
 * An app that embeds Chromium decides which headers it sends. Qt WebEngine has no languages by default, and a WebView
 * lets the app send the request by another HTTP client.
 *
 * @see https://android.googlesource.com/platform/compatibility/cdd/+/refs/heads/main/3_software/3_4_web-compatibility.md
 * @see https://github.com/magiruuvelvet/LightweightQtDRMStreamViewer/issues/19
 * @see https://developer.android.com/reference/android/webkit/WebViewClient#shouldInterceptRequest(android.webkit.WebView,%20android.webkit.WebResourceRequest)
 */
const EMBEDDED = /; wv\)| Version\/4\.0 | Electron\/| QtWebEngine\//;

// The major version of Chromium that a browser claims; undefined for other browsers and for apps.
const claimedVersion = (userAgent: string): number | undefined => {
  const [, major] = CHROMIUM.exec(userAgent) ?? [];
  return major === undefined || EMBEDDED.test(userAgent) ? undefined : Number(major);
};
