import { Duration, Names, Stack } from 'aws-cdk-lib';
import {
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import {
  CORS_HEADERS,
  FORWARDED_HEADERS,
  READ_PARAMETERS,
  VISIT_PARAMETERS,
} from '../../src/http/edge-forwarding.ts';

export interface EdgePoliciesProps {
  /** Whether an answer depends on the origin of the page that asks. */
  readonly hasListedOrigins: boolean;
}

/**
 * The policies of the cache behaviors of one counter. No managed policy does: those with the address of the viewer also
 * forward either its Host header, which API Gateway refuses, or its cookies, which the counter must not get.
 */
export class EdgePolicies extends Construct {
  /** Caches an answer as long as its Cache-Control says, and not at all without one. */
  readonly reads: CachePolicy;
  /** Caches nothing: the answers have `no-store`, and CloudFront never caches those to POST and DELETE. */
  readonly visits: CachePolicy;
  readonly originRequests: OriginRequestPolicy;

  constructor(scope: Construct, { hasListedOrigins }: EdgePoliciesProps) {
    super(scope, 'Policies');
    this.reads = new CachePolicy(this, 'Reads', {
      cachePolicyName: nameOf(this, 'Reads'),
      ...NO_TIME_OF_ITS_OWN,
      // The widget's, which is the longest.
      maxTtl: Duration.days(1),
      queryStringBehavior: CacheQueryStringBehavior.allowList(...READ_PARAMETERS),
      headerBehavior: hasListedOrigins
        ? CacheHeaderBehavior.allowList('Origin')
        : CacheHeaderBehavior.none(),
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    });
    this.visits = new CachePolicy(this, 'Visits', {
      cachePolicyName: nameOf(this, 'Visits'),
      ...NO_TIME_OF_ITS_OWN,
      // With 0, CloudFront would take no headers into the policy.
      maxTtl: Duration.seconds(1),
      queryStringBehavior: CacheQueryStringBehavior.allowList(...VISIT_PARAMETERS),
      headerBehavior: CacheHeaderBehavior.allowList(...CORS_HEADERS),
    });
    this.originRequests = new OriginRequestPolicy(this, 'OriginRequests', {
      originRequestPolicyName: nameOf(this, 'OriginRequests'),
      headerBehavior: OriginRequestHeaderBehavior.allowList(...FORWARDED_HEADERS),
    });
  }
}

// Unique in the account, in which there is a counter of the same id in another region, perhaps. Those that the CDK
// generates end after 110 characters of the id, before what distinguishes long ones. CloudFront allows 128.
const nameOf = (scope: Construct, policy: string): string =>
  `${Names.uniqueResourceName(scope, { maxLength: 85, separator: '-' })}-${policy}-${Stack.of(scope).region}`;

const NO_TIME_OF_ITS_OWN = { minTtl: Duration.seconds(0), defaultTtl: Duration.seconds(0) };
