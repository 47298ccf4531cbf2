import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { expect, it } from 'vitest';
import { addCounter, emptyStack, readTemplate, synthesize } from '../synthesize.ts';
import { distributionOf } from './distribution-config.ts';

const SECURITY_HEADERS = '67f7725c-6f97-4210-82d7-5512b31e9d03';
const ALL = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];

const config = distributionOf(synthesize({ edge: true, legacyRoute: true }));

it('caches no visit, and what else can be read by its own time', () => {
  const visits = { AllowedMethods: ALL, CachePolicyId: 'Edge/Policies/Visits' };
  const byPath = (one: { PathPattern?: string }, other: { PathPattern?: string }) =>
    String(one.PathPattern).localeCompare(String(other.PathPattern));
  expect(config.CacheBehaviors.toSorted(byPath)).toMatchObject([
    { PathPattern: '/', ...visits },
    { PathPattern: '/sessions*', ...visits },
  ]);
  expect(config.DefaultCacheBehavior).toMatchObject({
    AllowedMethods: ['GET', 'HEAD'],
    CachePolicyId: 'Edge/Policies/Reads',
  });
  const { CacheBehaviors } = distributionOf(synthesize({ edge: true }));
  expect(CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual(['/sessions*']);
});

it('forwards the same headers everywhere, and adds headers of security', () => {
  for (const behavior of [config.DefaultCacheBehavior, ...config.CacheBehaviors]) {
    expect(behavior).toMatchObject({
      OriginRequestPolicyId: 'Edge/Policies/OriginRequests',
      ResponseHeadersPolicyId: SECURITY_HEADERS,
      ViewerProtocolPolicy: 'redirect-to-https',
      Compress: true,
    });
    expect(behavior.TargetOriginId).toBe(config.Origins[0]?.Id);
  }
});

it('pays for no function, because there is no prefix', () => {
  expect(Object.keys(synthesize({ edge: true }).ofType('AWS::CloudFront::Function'))).toEqual([]);
});

it('has HTTP/3, the cheapest edge locations and no log', () => {
  expect(config).toMatchObject({ HttpVersion: 'http2and3', PriceClass: 'PriceClass_100' });
  expect(config).not.toHaveProperty('Logging');
});

it.each([true, false])('has addresses of IPv6 like the API: %s', (dualStack) => {
  const { IPV6Enabled } = distributionOf(synthesize({ edge: true, dualStack }));
  expect(IPV6Enabled).toBe(dualStack);
});

it('is what the outputs name', () => {
  const { outputs } = synthesize({ edge: true });
  const url = 'https://Edge/Distribution.DomainName';
  expect(outputs).toMatchObject({
    CounterApiUrl: url,
    CounterHtml: `<script type="module" src="${url}/widget.js"></script><session-counter></session-counter>`,
  });
});

it('has a domain of the owner with TLS 1.2 or later, and the alias records of it', () => {
  const stack = emptyStack();
  const certificate = Certificate.fromCertificateArn(
    stack,
    'Certificate',
    'arn:aws:acm:us-east-1:123456789012:certificate/c',
  );
  const zone = { hostedZoneId: 'Z1', zoneName: 'example.com' };
  const hostedZone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', zone);
  addCounter(stack, { edge: true, domainName: 'count.example.com', certificate, hostedZone });
  const synthesis = readTemplate(stack);
  expect(distributionOf(synthesis)).toMatchObject({
    Aliases: ['count.example.com'],
    ViewerCertificate: {
      AcmCertificateArn: certificate.certificateArn,
      MinimumProtocolVersion: 'TLSv1.2_2021',
      SslSupportMethod: 'sni-only',
    },
  });
  const records = Object.values(synthesis.ofType('AWS::Route53::RecordSet'));
  expect(records.map(({ Properties }) => Properties)).toEqual(
    ['A', 'AAAA'].map((Type) => ({
      ...{ Type, Name: 'count.example.com.', HostedZoneId: 'Z1' },
      AliasTarget: expect.objectContaining({ DNSName: 'Edge/Distribution.DomainName' }),
    })),
  );
  expect(synthesis.outputs.CounterApiUrl).toBe('https://count.example.com');
  expect(Object.keys(synthesis.ofType('AWS::ApiGatewayV2::DomainName'))).toEqual([]);
});

it('keeps no failure where a GET request is a visit', () => {
  const keptSeconds = (legacyRoute: boolean) =>
    distributionOf(synthesize({ edge: true, legacyRoute })).CustomErrorResponses;
  expect(keptSeconds(false)).toBe(undefined);
  expect(keptSeconds(true)).toEqual(
    [500, 502, 503, 504].map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })),
  );
});
