import { Stack } from 'aws-cdk-lib';
import type { CfnDistribution, Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { INGEST_PATHS, LEGACY_PATH, QUERY_PATHS } from '../../src/http/paths.ts';
import { InvalidPropError } from '../props/invalid-prop-error.ts';

const COUNTER_PATHS = [...INGEST_PATHS, ...QUERY_PATHS, LEGACY_PATH];

/**
 * Throws an InvalidPropError if the distribution already has a behavior for a path of the counter below this prefix,
 * such as `*.js`: CloudFront takes the first behavior whose pattern matches, and refuses two equal patterns.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html
 */
export const checkPathsAreFree = (distribution: Distribution, prefix: string): void => {
  const paths = COUNTER_PATHS.map((path) => prefix + path);
  for (const pattern of listPatterns(distribution)) {
    const taken = paths.find((path) => toRegExp(pattern).test(path));
    if (taken === undefined) continue;
    const expected =
      'for paths for which the distribution has no behavior yet; ' +
      `the behavior ${pattern} serves ${taken}, so add it after the counter, or take another path`;
    throw new InvalidPropError('pathPattern', expected, `${prefix}/*`);
  }
};

const listPatterns = (distribution: Distribution): string[] => {
  const { distributionConfig } = distribution.node.defaultChild as CfnDistribution;
  const { cacheBehaviors = [] } = distributionConfig as CfnDistribution.DistributionConfigProperty;
  const behaviors: { readonly pathPattern: unknown }[] =
    Stack.of(distribution).resolve(cacheBehaviors) ?? [];
  return behaviors.flatMap(({ pathPattern }) =>
    typeof pathPattern === 'string' ? [pathPattern] : [],
  );
};

// The first slash of a pattern is optional. RegExp.escape is missing in Node.js 22.
const toRegExp = (pattern: string): RegExp => {
  const literal = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^/?${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`);
};
