import type { Synthesis } from '../synthesize.ts';

interface Behavior {
  readonly PathPattern?: string;
  readonly AllowedMethods: string[];
  readonly CachePolicyId: string;
  readonly OriginRequestPolicyId: string;
  readonly ResponseHeadersPolicyId: string;
  readonly ViewerProtocolPolicy: string;
  readonly Compress: boolean;
  readonly TargetOriginId: string;
  readonly FunctionAssociations?: { readonly EventType: string; readonly FunctionARN: string }[];
}

interface Origin {
  readonly Id: string;
  readonly DomainName: unknown;
  readonly OriginCustomHeaders?: { readonly HeaderName: string; readonly HeaderValue: string }[];
  readonly CustomOriginConfig?: object;
}

/** The configuration of a distribution in a template. */
export interface DistributionConfig {
  readonly Aliases?: string[];
  readonly CacheBehaviors: Behavior[];
  readonly DefaultCacheBehavior: Behavior;
  readonly Origins: Origin[];
  readonly ViewerCertificate?: object;
  readonly [name: string]: unknown;
}

/** The configuration of the only distribution. */
export const distributionOf = ({ properties }: Synthesis): DistributionConfig =>
  properties<{ DistributionConfig: DistributionConfig }>('AWS::CloudFront::Distribution')
    .DistributionConfig;

interface NamedList {
  readonly HeaderBehavior?: string;
  readonly Headers?: string[];
  readonly QueryStrings?: string[];
}

/** What a cache policy, or an origin request policy, says. */
export interface PolicyConfig {
  readonly MinTTL: number;
  readonly DefaultTTL: number;
  readonly MaxTTL: number;
  readonly ParametersInCacheKeyAndForwardedToOrigin: Record<string, unknown> & {
    readonly HeadersConfig: NamedList;
    readonly QueryStringsConfig: NamedList;
  };
}

/** The cache policy at a path of the construct. */
export const cachePolicyOf = ({ properties }: Synthesis, path: string): PolicyConfig =>
  properties<{ CachePolicyConfig: PolicyConfig }>(
    'AWS::CloudFront::CachePolicy',
    `Edge/Policies/${path}`,
  ).CachePolicyConfig;

/** The only origin request policy. */
export const originRequestPolicyOf = ({ properties }: Synthesis) =>
  properties<{
    OriginRequestPolicyConfig: {
      readonly Name: string;
      readonly HeadersConfig: NamedList;
      readonly CookiesConfig: { readonly CookieBehavior: string };
    };
  }>('AWS::CloudFront::OriginRequestPolicy').OriginRequestPolicyConfig;
