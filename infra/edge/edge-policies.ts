import { Duration, Names, Stack } from 'aws-cdk-lib';
import {
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';

/**
 * What the functions need of a viewer's request beside the path, its parameters and `CORS_HEADERS`. A policy holds
 * ten headers by default, so the others are in the cache policy, whose headers are forwarded, too. No managed
 * policy does: those with the address of the viewer also forward either its Host header, which API Gateway
 * refuses, or its cookies, which the counter must not get.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-policies
 */
const FORWARDED_HEADERS = [
  ...['CloudFront-Viewer-Address', 'User-Agent', 'Accept-Language'],
  ...['Sec-GPC', 'DNT', 'Sec-Purpose', 'Purpose'],
  ...['Sec-Fetch-Site', 'Sec-Fetch-Mode', 'Sec-CH-UA'],
];

/** What the functions need to answer pages of other origins. */
const CORS_HEADERS = ['Origin', 'Access-Control-Request-Method', 'Access-Control-Request-Headers'];

/** The parameters of all GET requests that may be cached, which are those in openapi.json. */
export const READ_PARAMETERS = ['counter', 'total', 'by', 'days', 'metric', 'label', 'color'];

/** The parameters of visits and of their removal. */
export const VISIT_PARAMETERS = ['counter'];

export interface EdgePoliciesProps {
  /** Whether an answer depends on the origin of the page that asks. */
  readonly hasListedOrigins: boolean;
}

/** The policies of the cache behaviors of one counter. */
export class EdgePolicies extends Construct {
  /** Caches an answer as long as its Cache-Control says, and not at all without one. */
  readonly reads: CachePolicy;
  /** Caches nothing: the answers have `no-store`, and CloudFront never caches those to POST and DELETE. */
  readonly visits: CachePolicy;
  readonly originRequests: OriginRequestPolicy;

  constructor(scope: Construct, { hasListedOrigins }: EdgePoliciesProps) {
    super(scope, 'Policies');
    this.reads = new CachePolicy(this, 'Reads', {
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
      ...NO_TIME_OF_ITS_OWN,
      // With 0, CloudFront would take no headers into the policy.
      maxTtl: Duration.seconds(1),
      queryStringBehavior: CacheQueryStringBehavior.allowList(...VISIT_PARAMETERS),
      headerBehavior: CacheHeaderBehavior.allowList(...CORS_HEADERS),
    });
    const id = Names.uniqueResourceName(this, { maxLength: 100 });
    this.originRequests = new OriginRequestPolicy(this, 'OriginRequests', {
      // Unique in the account, in which there is a counter of the same id in another region, perhaps.
      originRequestPolicyName: `${id}-${Stack.of(this).region}`,
      headerBehavior: OriginRequestHeaderBehavior.allowList(...FORWARDED_HEADERS),
    });
  }
}

const NO_TIME_OF_ITS_OWN = { minTtl: Duration.seconds(0), defaultTtl: Duration.seconds(0) };
