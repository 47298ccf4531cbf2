import type { CounterSettings } from './counter-settings.ts';

/** What contradicts itself in the settings of the domain and of the edge, as messages that name the setting. */
export const findDomainContradictions = (settings: CounterSettings): string[] => [
  ...findHalfOfDomain(settings),
  ...findUselessSettings(settings),
  ...findWrongRegion(settings),
];

const findHalfOfDomain = ({ domainName, certificateArn }: CounterSettings): string[] => {
  const values = Object.entries({ domainName, certificateArn });
  const unset = values.filter(([, value]) => value === null).map(([name]) => name);
  return unset.length === 1
    ? [`domainName and certificateArn must be set together, but ${unset[0]} is null`]
    : [];
};

const findUselessSettings = (settings: CounterSettings): string[] => {
  const { domainName, hostedZoneId, defaultEndpoint, edge, edgeSecretVersion, edgeRequired } =
    settings;
  return [
    ...(domainName === null && hostedZoneId !== null
      ? ['hostedZoneId must be null without domainName, whose records it would get']
      : []),
    ...(domainName === null && !defaultEndpoint
      ? ['defaultEndpoint must be true without domainName, because the API would have no address']
      : []),
    ...(edge && !defaultEndpoint
      ? ['defaultEndpoint must be true with edge, because CloudFront sends its requests there']
      : []),
    ...(!edge && edgeSecretVersion !== null
      ? ['edgeSecretVersion must be null without edge, which has the secret']
      : []),
    ...(edge || edgeRequired ? [] : ['edgeRequired must be true without edge']),
  ];
};

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
const findWrongRegion = ({ edge, certificateArn }: CounterSettings): string[] =>
  edge && certificateArn !== null && !certificateArn.includes(':acm:us-east-1:')
    ? [`certificateArn must be of us-east-1 with edge, but it is ${JSON.stringify(certificateArn)}`]
    : [];
