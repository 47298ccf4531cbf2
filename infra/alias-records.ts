import {
  AaaaRecord,
  ARecord,
  type IAliasRecordTarget,
  RecordTarget,
} from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import type { Domain } from './props/domain.ts';

/** Adds the alias records of a domain, for IPv6 only if the target has addresses of it; none without a hosted zone. */
export const addAliasRecords = (
  scope: Construct,
  { name, hostedZone }: Domain,
  { target, isDualStack }: { readonly target: IAliasRecordTarget; readonly isDualStack: boolean },
): void => {
  if (!hostedZone) return;
  // With the dot, the CDK does not append the name of the zone, which it may not know.
  const props = {
    ...{ zone: hostedZone, recordName: `${name}.` },
    target: RecordTarget.fromAlias(target),
  };
  new ARecord(scope, 'Ipv4', props);
  if (isDualStack) new AaaaRecord(scope, 'Ipv6', props);
};
