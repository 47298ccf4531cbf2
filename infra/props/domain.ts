import { Arn, ArnFormat, Stack, Token } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IHostedZone } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import { DOMAIN_NAME } from './domain-name.ts';
import { InvalidPropError } from './invalid-prop-error.ts';
import type { SessionCounterProps } from './session-counter-props.ts';

/** A domain of the owner: of the API, or with an edge of CloudFront. */
export interface Domain {
  readonly name: string;
  readonly certificate: ICertificate;
  /** Where the alias records belong; undefined if the owner creates them elsewhere. */
  readonly hostedZone: IHostedZone | undefined;
}

/**
 * The domain of the counter, and whether the API keeps its own address. Throws an InvalidPropError that names the
 * prop that is missing, useless or does not fit the others. What is known only during the deployment is not
 * checked, except for the name of the domain.
 */
export const checkDomain = (scope: Construct, props: SessionCounterProps) => {
  const domain = checkParts(props);
  if (domain) {
    checkName(domain);
    if (props.edge) checkRegion(domain, CLOUDFRONT_REGION, 'CloudFront');
    else checkRegion(domain, Stack.of(scope).region, 'the stack');
  }
  const hasDefaultEndpoint = !(props.disableDefaultEndpoint ?? false);
  if (!(hasDefaultEndpoint || (domain && !props.edge))) {
    const expected = domain
      ? 'false with edge: true, because CloudFront sends its requests to that endpoint'
      : 'false without domainName, because the API would have no address';
    throw new InvalidPropError('disableDefaultEndpoint', expected, props.disableDefaultEndpoint);
  }
  return { domain, hasDefaultEndpoint };
};

const checkParts = ({
  domainName,
  certificate,
  hostedZone,
}: SessionCounterProps): Domain | undefined => {
  if (domainName !== undefined && certificate) return { name: domainName, certificate, hostedZone };
  if (domainName !== undefined) {
    throw new InvalidPropError('certificate', 'given, too, because domainName is', undefined);
  }
  const [useless] = Object.entries({ certificate, hostedZone }).filter(([, value]) => value);
  if (!useless) return undefined;
  throw new InvalidPropError(useless[0], 'left out without domainName', 'given');
};

const checkName = ({ name, hostedZone }: Domain): void => {
  const refuse = (expected: string) => new InvalidPropError('domainName', expected, name);
  if (Token.isUnresolved(name)) throw refuse('known during synthesis, because the outputs hold it');
  if (!DOMAIN_NAME.test(name)) {
    throw refuse('a domain in lower case, without a protocol, such as count.example.com');
  }
  const zone = hostedZone && zoneNameOf(hostedZone);
  if (zone === undefined || name === zone || name.endsWith(`.${zone}`)) return;
  throw refuse(`${zone}, the name of hostedZone, or a domain below it`);
};

// A zone that is imported by its id alone throws when it is asked for its name.
const zoneNameOf = (zone: IHostedZone): string | undefined => {
  try {
    return Token.isUnresolved(zone.zoneName) ? undefined : zone.zoneName.replace(/\.$/, '');
  } catch {
    return undefined;
  }
};

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
const CLOUDFRONT_REGION = 'us-east-1';

// API Gateway takes a certificate of its own region only, and CloudFront one of us-east-1.
const checkRegion = ({ certificate }: Domain, region: string, owner: string): void => {
  const given = regionOf(certificate);
  if ([given, region].some((one) => Token.isUnresolved(one)) || given === region) return;
  const expected = `in ${region}, the region of ${owner}`;
  throw new InvalidPropError('certificate', expected, certificate.certificateArn);
};

const regionOf = ({ certificateArn, env }: ICertificate): string =>
  Token.isUnresolved(certificateArn)
    ? env.region
    : (Arn.split(certificateArn, ArnFormat.SLASH_RESOURCE_NAME).region ?? env.region);
