/** The user agent of an ordinary browser, different for each number. */
export const browser = (number = 1): string =>
  `Mozilla/5.0 (X11; Linux x86_64; rv:${140 + number}.0) Gecko/20100101 Firefox/${140 + number}.0`;

/**
 * The user agent of Chrome, with this major version. Without the headers of Chrome, its visits are refused as those of
 * a script.
 */
export const chrome = (major = 150): string =>
  `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`;
