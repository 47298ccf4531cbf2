import type { Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import type { SessionCounterProps } from '../props/session-counter-props.ts';
import type { CounterSettings } from '../settings/counter-settings.ts';

/** The domain that these settings name, with its certificate and zone, as props; no props if they name none. */
export const importDomain = (
  stack: Stack,
  { domainName, certificateArn, hostedZoneId }: CounterSettings,
): Pick<SessionCounterProps, 'domainName' | 'certificate' | 'hostedZone'> => {
  if (domainName === null || certificateArn === null) return {};
  return {
    domainName,
    certificate: Certificate.fromCertificateArn(stack, 'Certificate', certificateArn),
    ...(hostedZoneId !== null && {
      hostedZone: HostedZone.fromHostedZoneId(stack, 'HostedZone', hostedZoneId),
    }),
  };
};
