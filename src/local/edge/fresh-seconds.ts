// CloudFront keeps these for ten seconds even if they forbid it.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
const KEPT_ERRORS: ReadonlySet<number> = new Set([404, 414, 500, 501, 502, 503, 504]);
const ERROR_SECONDS = 10;

/**
 * For how many seconds an edge answers with this response, which is `mostSeconds` at most: as its Cache-Control says,
 * s-maxage before max-age, and 0 without one; errors that CloudFront keeps, at least ten seconds.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html
 */
export const freshSeconds = (
  statusCode: number,
  cacheControl: string | undefined,
  mostSeconds: number,
): number => {
  const seconds = Math.min(allowedSeconds(cacheControl), mostSeconds);
  return KEPT_ERRORS.has(statusCode) ? Math.max(seconds, ERROR_SECONDS) : seconds;
};

const allowedSeconds = (cacheControl = ''): number => {
  const directives = new Map(
    cacheControl
      .toLowerCase()
      .split(',')
      .map((text) => text.trim().split('='))
      .map(([name = '', value = '']) => [name, value]),
  );
  if (['no-store', 'no-cache', 'private'].some((name) => directives.has(name))) return 0;
  const value = directives.get('s-maxage') ?? directives.get('max-age') ?? '';
  return /^\d+$/.test(value) ? Number(value) : 0;
};
