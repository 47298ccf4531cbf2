import { resourcesOf, type Template } from './template.ts';

interface Distribution {
  readonly Aliases?: readonly string[];
  readonly ViewerCertificate?: { readonly AcmCertificateArn: string };
  readonly Origins: readonly {
    readonly OriginCustomHeaders?: readonly { readonly HeaderValue: SecretReference }[];
  }[];
}

interface SecretReference {
  readonly 'Fn::Join': readonly [separator: string, parts: readonly unknown[]];
}

interface DomainName {
  readonly DomainName: string;
  readonly DomainNameConfigurations: readonly { readonly CertificateArn: string }[];
}

/** The settings of the domain and of the edge, derived from the resources of a stack. */
export const deriveDomain = (template: Template) => {
  const properties = <Properties>(type: string): Properties | undefined =>
    resourcesOf(template, type)[0]?.[1].Properties as Properties | undefined;
  const ofApi = properties<DomainName>('AWS::ApiGatewayV2::DomainName');
  const edge = properties<{ DistributionConfig: Distribution }>(
    'AWS::CloudFront::Distribution',
  )?.DistributionConfig;
  const records = properties<{ HostedZoneId: string }>('AWS::Route53::RecordSet');
  const api = properties<{ DisableExecuteApiEndpoint?: boolean }>('AWS::ApiGatewayV2::Api');
  return {
    domainName: ofApi?.DomainName ?? edge?.Aliases?.[0] ?? null,
    certificateArn:
      ofApi?.DomainNameConfigurations[0]?.CertificateArn ??
      edge?.ViewerCertificate?.AcmCertificateArn ??
      null,
    hostedZoneId: records?.HostedZoneId ?? null,
    defaultEndpoint: api?.DisableExecuteApiEndpoint !== true,
    edge: edge !== undefined,
    edgeSecretVersion: (edge && findVersion(edge)) ?? null,
  };
};

// {{resolve:secretsmanager:ARN:SecretString:::VERSION}}
const findVersion = ({ Origins }: Distribution): string | undefined => {
  const [, parts] = Origins[0]?.OriginCustomHeaders?.[0]?.HeaderValue['Fn::Join'] ?? [];
  return /:([\w-]+)\}\}$/.exec(String(parts?.at(-1)))?.[1];
};
