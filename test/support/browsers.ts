/** The user agent of an ordinary browser, different for each number. */
export const browser = (number = 1): string =>
  `Mozilla/5.0 (X11; Linux x86_64; rv:${140 + number}.0) Gecko/20100101 Firefox/${140 + number}.0`;
