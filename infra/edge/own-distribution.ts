import { Duration, Validations } from 'aws-cdk-lib';
import {
  Distribution,
  HttpVersion,
  PriceClass,
  SecurityPolicyProtocol,
} from 'aws-cdk-lib/aws-cloudfront';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { addAliasRecords } from '../alias-records.ts';
import type { Domain } from '../props/domain.ts';
import type { Edge } from './edge.ts';

export interface OwnDistributionProps {
  readonly domain: Domain | undefined;
  readonly isDualStack: boolean;
  readonly hasLegacyRoute: boolean;
}

/** Adds a distribution of CloudFront that serves nothing but the counter. */
export const addOwnDistribution = (
  edge: Edge,
  { domain, isDualStack, hasLegacyRoute }: OwnDistributionProps,
): Distribution => {
  const behaviors = edge.listBehaviors('');
  const [last, ...others] = behaviors.toReversed();
  const distribution = new Distribution(edge, 'Distribution', {
    comment: 'session-counter',
    defaultBehavior: { origin: edge.origin, ...last?.options },
    httpVersion: HttpVersion.HTTP2_AND_3,
    enableIpv6: isDualStack,
    priceClass: PriceClass.PRICE_CLASS_100,
    ...(domain && domainProps(domain)),
    ...(hasLegacyRoute && { errorResponses: KEEP_NO_FAILURE }),
  });
  for (const { pathPattern, options } of others) {
    distribution.addBehavior(pathPattern, edge.origin, options);
  }
  if (domain) {
    addAliasRecords(edge, domain, { target: new CloudFrontTarget(distribution), isDualStack });
  }
  acknowledgeFindings(distribution, domain);
  return distribution;
};

// By default, CloudFront keeps them for ten seconds, whatever they say. A GET request of the legacy route is a visit,
// which would then not reach the counter.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
const KEEP_NO_FAILURE = [500, 502, 503, 504].map((httpStatus) => ({
  httpStatus,
  ttl: Duration.seconds(0),
}));

// Without a domain, CloudFront decides the oldest version of TLS.
const domainProps = ({ name, certificate }: Domain) => ({
  domainNames: [name],
  certificate,
  minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
});

const acknowledgeFindings = (distribution: Distribution, domain: Domain | undefined): void => {
  const acknowledge = (id: string, reason: string) =>
    Validations.of(distribution).acknowledge({ id, reason });
  acknowledge('AwsSolutions-CFR1', 'A public counter has visitors in every country.');
  acknowledge('AwsSolutions-CFR2', 'A firewall costs more than the counter, which has a throttle.');
  acknowledge('AwsSolutions-CFR3', 'Its access logs would hold the addresses of visitors.');
  if (domain) return;
  acknowledge(
    'AwsSolutions-CFR4',
    'Without a domain of the owner, CloudFront accepts only its own certificate, and TLS 1.0 with it.',
  );
};
