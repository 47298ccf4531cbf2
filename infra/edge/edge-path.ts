import { Token } from 'aws-cdk-lib';
import { InvalidPropError } from '../props/invalid-prop-error.ts';

// Only characters that CloudFront takes literally in a path pattern: `*`, `?` and `&` mean others.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html
const PATH_PATTERN = /^(?<prefix>(?:\/[\w.~-]+)+)\/\*$/;

/** The prefix of a path pattern such as `/counter/*`: `/counter`. Throws an InvalidPropError for any other text. */
export const prefixOfPattern = (pattern: string): string => {
  const { prefix } = PATH_PATTERN.exec(pattern)?.groups ?? {};
  if (prefix !== undefined && !Token.isUnresolved(pattern)) return prefix;
  const expected = 'a path that ends in /*, without other wildcards, such as /counter/*';
  throw new InvalidPropError('pathPattern', expected, pattern);
};
