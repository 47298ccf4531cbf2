import { Lazy, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { expect, it } from 'vitest';
import { checkDomain } from '../../../infra/props/domain.ts';
import { InvalidPropError } from '../../../infra/props/invalid-prop-error.ts';
import type { SessionCounterProps } from '../../../infra/props/session-counter-props.ts';
import { emptyApp } from '../synthesize.ts';

const app = emptyApp();
const stack = new Stack(app, 'Europe', { env: { region: 'eu-central-1' } });
const anywhere = new Stack(app, 'Anywhere');

const importCertificate = (region: string) =>
  Certificate.fromCertificateArn(stack, region, `arn:aws:acm:${region}:123456789012:certificate/c`);

const HERE = importCertificate('eu-central-1');
const VIRGINIA = importCertificate('us-east-1');
const zone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
  ...{ hostedZoneId: 'Z1', zoneName: 'example.com' },
});
const unnamedZone = HostedZone.fromHostedZoneId(stack, 'Unnamed', 'Z2');
const domainName = 'count.example.com';
const later = Lazy.string({ produce: () => domainName });

it('leaves the API at its own address by default', () => {
  expect(checkDomain(stack, {})).toEqual({ domain: undefined, hasDefaultEndpoint: true });
});

const VALID: SessionCounterProps[] = [
  { domainName, certificate: HERE },
  { domainName, certificate: HERE, hostedZone: zone, disableDefaultEndpoint: true },
  { domainName: 'example.com', certificate: HERE, hostedZone: zone },
  { domainName, certificate: HERE, hostedZone: unnamedZone },
  { domainName, certificate: VIRGINIA, edge: true },
  { domainName, certificate: new Certificate(stack, 'Own', { domainName }) },
];

it.each(VALID.map((props) => [Object.keys(props).join(), props] as const))(
  'takes %s',
  (_, props) => {
    expect(checkDomain(stack, props).domain).toEqual({
      ...{ name: props.domainName, certificate: props.certificate, hostedZone: props.hostedZone },
    });
  },
);

it('does not compare a certificate with a region that is unknown', () => {
  expect(checkDomain(anywhere, { domainName, certificate: VIRGINIA }).domain).toBeDefined();
});

const INVALID: [message: string, props: SessionCounterProps][] = [
  ['certificate must be given, too, because domainName is', { domainName }],
  ['certificate must be left out without domainName', { certificate: HERE }],
  ['hostedZone must be left out without domainName', { hostedZone: zone }],
  [
    'certificate must be in eu-central-1, the region of the stack, but it is "arn:aws:acm:us-east-1:',
    { domainName, certificate: VIRGINIA },
  ],
  [
    'certificate must be in us-east-1, the region of CloudFront, but it is "arn:aws:acm:eu-central-1:',
    { domainName, certificate: HERE, edge: true },
  ],
  [
    'domainName must be example.com, the name of hostedZone, or a domain below it, but it is "count.example.org"',
    { domainName: 'count.example.org', certificate: HERE, hostedZone: zone },
  ],
  [
    'domainName must be example.com, the name of hostedZone, or a domain below it, but it is "badexample.com"',
    { domainName: 'badexample.com', certificate: HERE, hostedZone: zone },
  ],
  [
    'domainName must be known during synthesis, because the outputs hold it, but it is "${Token',
    { domainName: later, certificate: HERE },
  ],
  ...[
    'https://count.example.com',
    'Count.example.com',
    'localhost',
    'count.example.com/',
    '*.a.de',
  ].map((name): [string, SessionCounterProps] => [
    `domainName must be a domain in lower case, without a protocol, such as count.example.com, but it is "${name}"`,
    { domainName: name, certificate: HERE },
  ]),
  [
    'disableDefaultEndpoint must be false without domainName, because the API would have no address',
    { disableDefaultEndpoint: true },
  ],
  [
    'disableDefaultEndpoint must be false with edge: true, because CloudFront sends its requests to that endpoint',
    { domainName, certificate: VIRGINIA, edge: true, disableDefaultEndpoint: true },
  ],
];

it.each(INVALID)('refuses: %s', (message, props) => {
  expect(() => checkDomain(stack, props)).toThrow(InvalidPropError);
  expect(() => checkDomain(stack, props)).toThrow(message);
});
