import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { expect, it } from 'vitest';
import type { SessionCounterProps } from '../../infra/props/session-counter-props.ts';
import { addCounter, emptyStack, readTemplate } from './synthesize.ts';

const CERTIFICATE = 'arn:aws:acm:eu-central-1:123456789012:certificate/c';

const deploy = (props: SessionCounterProps = {}, zone?: string) => {
  const stack = emptyStack();
  addCounter(stack, {
    domainName: 'count.example.com',
    certificate: Certificate.fromCertificateArn(stack, 'Certificate', CERTIFICATE),
    ...(zone && { hostedZone: HostedZone.fromHostedZoneId(stack, 'Zone', zone) }),
    ...props,
  });
  return readTemplate(stack);
};

it.each([
  { dualStack: true, type: 'dualstack' },
  { dualStack: false, type: 'ipv4' },
])('serves the API at a domain with TLS 1.2 or later, and the addresses $type', (one) => {
  const { properties } = deploy({ dualStack: one.dualStack });
  expect(properties('AWS::ApiGatewayV2::DomainName')).toEqual({
    DomainName: 'count.example.com',
    DomainNameConfigurations: [
      {
        CertificateArn: CERTIFICATE,
        EndpointType: 'REGIONAL',
        IpAddressType: one.type,
        SecurityPolicy: 'TLS_1_2',
      },
    ],
  });
});

it('maps the domain to the stage, which it creates first', () => {
  const { ofType, pathOf } = deploy();
  const [mapping] = Object.values(ofType('AWS::ApiGatewayV2::ApiMapping'));
  expect(mapping?.Properties).toEqual({
    ...{ ApiId: 'Api/Http', DomainName: 'Api/Domain/Name', Stage: '$default' },
  });
  expect(mapping?.DependsOn?.map(pathOf)).toEqual(['Api/Stage']);
});

it.each([
  { dualStack: true, types: ['A', 'AAAA'] },
  { dualStack: false, types: ['A'] },
])('has the alias records $types in a hosted zone', ({ dualStack, types }) => {
  const records = Object.values(deploy({ dualStack }, 'Z1').ofType('AWS::Route53::RecordSet'));
  expect(records.map(({ Properties }) => Properties)).toEqual(
    types.map((Type) => ({
      ...{ Type, Name: 'count.example.com.', HostedZoneId: 'Z1' },
      AliasTarget: {
        DNSName: 'Api/Domain/Name.RegionalDomainName',
        HostedZoneId: 'Api/Domain/Name.RegionalHostedZoneId',
      },
    })),
  );
});

it('has no records without a hosted zone', () => {
  expect(deploy().ofType('AWS::Route53::RecordSet')).toEqual({});
});

it.each([
  { disableDefaultEndpoint: true, expected: true },
  { disableDefaultEndpoint: undefined, expected: undefined },
])('disables the address of AWS if asked: $disableDefaultEndpoint', (one) => {
  const { disableDefaultEndpoint, expected } = one;
  const { DisableExecuteApiEndpoint } = deploy({ disableDefaultEndpoint }).properties(
    'AWS::ApiGatewayV2::Api',
  );
  expect(DisableExecuteApiEndpoint).toBe(expected);
});

it('is what the outputs name', () => {
  expect(deploy().outputs).toMatchObject({
    CounterApiUrl: 'https://count.example.com',
    CounterHtml:
      '<script type="module" src="https://count.example.com/widget.js"></script><session-counter></session-counter>',
  });
});
