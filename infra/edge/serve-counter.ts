import { Lazy } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import type { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { FunctionName } from '../../src/settings/function-name.ts';
import { Api } from '../api.ts';
import type { Functions } from '../functions.ts';
import type { ResolvedProps } from '../props/resolve-props.ts';
import { checkDistributionPlace } from './check-distribution-place.ts';
import { checkPathsAreFree } from './check-paths-are-free.ts';
import { prefixOfPattern } from './edge-path.ts';
import { lazyEdge } from './lazy-edge.ts';
import { addOwnDistribution } from './own-distribution.ts';

export interface ServeCounterProps {
  readonly functions: Functions;
  /** The permissions of the functions, to which those of an edge are added. */
  readonly permissions: Readonly<Record<FunctionName, PolicyDocument>>;
}

/** How requests reach a counter. */
export interface Serving {
  readonly api: Api;
  /** The address for pages, without a trailing slash; only its path once the counter is part of a site. */
  readonly url: string;
  /** The distribution that serves nothing but the counter; undefined without the prop `edge`. */
  readonly distribution: Distribution | undefined;
  /** The ARN of the secret that CloudFront sends; undefined while there is no edge. */
  readonly findSecretArn: () => string | undefined;
  /** Makes the counter a path of the site of a distribution. Throws an InvalidPropError that names what is wrong. */
  readonly addToDistribution: (distribution: Distribution, pathPattern: string) => void;
}

/** Adds the API and, with the prop `edge`, a distribution of CloudFront in front of it. */
export const serveCounter = (
  scope: Construct,
  resolved: ResolvedProps,
  { functions, permissions }: ServeCounterProps,
): Serving => {
  const { hasEdge, domain } = resolved;
  const apiDomain = hasEdge ? undefined : domain;
  const api = new Api(scope, { ...resolved, functions, domain: apiDomain });
  const edge = lazyEdge(scope, {
    ...{ ...resolved, permissions, originUrl: api.originUrl },
    hasListedOrigins: resolved.variables.ALLOWED_ORIGINS !== '*',
  });
  const distribution = hasEdge ? addOwnDistribution(edge.get(), resolved) : undefined;
  let path: string | undefined;
  const addToDistribution = (to: Distribution, pathPattern: string): void => {
    const prefix = prefixOfPattern(pathPattern);
    checkDistributionPlace(scope, to);
    checkPathsAreFree(to, prefix);
    for (const { pathPattern: pattern, options } of edge.get().listBehaviors(prefix)) {
      to.addBehavior(pattern, edge.get().origin, options);
    }
    path = prefix;
  };
  const ownUrl = distribution
    ? `https://${domain?.name ?? distribution.distributionDomainName}`
    : api.url;
  // Not the domain of the other distribution: its stack may need this one, and pages know their own.
  const url = Lazy.string({ produce: () => path ?? ownUrl });
  return { api, url, distribution, addToDistribution, findSecretArn: edge.findSecretArn };
};
