import {
  ApiMapping,
  DomainName,
  type HttpApi,
  type HttpStage,
  IpAddressType,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import { addAliasRecords } from './alias-records.ts';
import type { Domain } from './props/domain.ts';

export interface ApiDomainProps {
  readonly api: HttpApi;
  readonly stage: HttpStage;
  readonly domain: Domain;
  readonly isDualStack: boolean;
}

/** Serves the API at a domain of the owner, with TLS 1.2 or later and the same kinds of addresses as the API. */
export const addApiDomain = (
  scope: Construct,
  { api, stage, domain, isDualStack }: ApiDomainProps,
): void => {
  const parts = new Construct(scope, 'Domain');
  const domainName = new DomainName(parts, 'Name', {
    domainName: domain.name,
    certificate: domain.certificate,
    securityPolicy: SecurityPolicy.TLS_1_2,
    ipAddressType: isDualStack ? IpAddressType.DUAL_STACK : IpAddressType.IPV4,
  });
  new ApiMapping(parts, 'Mapping', { api, stage, domainName });
  const { regionalDomainName, regionalHostedZoneId } = domainName;
  const target = new ApiGatewayv2DomainProperties(regionalDomainName, regionalHostedZoneId);
  addAliasRecords(parts, domain, { target, isDualStack });
};
