import { Token } from 'aws-cdk-lib';
import { InvalidPropError } from '../props/invalid-prop-error.ts';

// Only characters that CloudFront takes literally in a path pattern: `*`, `?` and `&` mean others.
// It also resolves `.` and `..` in a path before it looks for a pattern.
// A pattern has at most 255 characters, and a logical id, which contains it, too.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html
const PATH_PATTERN = /^(?=.{1,102}$)(?<prefix>(?:\/(?!\.{1,2}\/)[\w.~-]+)+)\/\*$/;

/** The prefix of a path pattern such as `/counter/*`: `/counter`. Throws an InvalidPropError for any other text. */
export const prefixOfPattern = (pattern: string): string => {
  const { prefix } = PATH_PATTERN.exec(pattern)?.groups ?? {};
  if (prefix !== undefined && !Token.isUnresolved(pattern)) return prefix;
  const expected =
    'a path of at most 100 characters and /*, without other wildcards and without . or .. as a part, such as /counter/*';
  throw new InvalidPropError('pathPattern', expected, pattern);
};
