import { expect, it } from 'vitest';
import { EDGE_SECRET_HEADER } from '../../../src/http/edge-header-names.ts';
import { grantsOf } from '../grants.ts';
import { type Synthesis, synthesize } from '../synthesize.ts';
import { distributionOf } from './distribution-config.ts';

const synthesis = synthesize({ edge: true, legacyRoute: true });

const typesOf = ({ text }: Synthesis): string[] =>
  Object.values<{ Type: string }>(JSON.parse(text).Resources).map(({ Type }) => Type);

it('adds nothing to the template while there is no edge', () => {
  const without = synthesize();
  expect(synthesize({ edge: false, disableDefaultEndpoint: false }).text).toBe(without.text);
  expect(typesOf(without).filter((type) => /CloudFront|Secrets|Domain|Route53/.test(type))).toEqual(
    [],
  );
  expect(without.text).not.toContain('EDGE_SECRET');
});

it('adds a secret, three policies and a distribution, and nothing else', () => {
  const added = typesOf(synthesize({ edge: true }));
  for (const type of typesOf(synthesize())) added.splice(added.indexOf(type), 1);
  expect(added.sort()).toEqual([
    'AWS::CloudFront::CachePolicy',
    'AWS::CloudFront::CachePolicy',
    'AWS::CloudFront::Distribution',
    'AWS::CloudFront::OriginRequestPolicy',
    'AWS::SecretsManager::Secret',
  ]);
});

it('lets CloudFront send the secret by a reference, so that no template holds it', () => {
  const [origin] = distributionOf(synthesis).Origins;
  expect(origin?.OriginCustomHeaders).toEqual([
    {
      HeaderName: EDGE_SECRET_HEADER,
      HeaderValue: '{{resolve:secretsmanager:Edge/Secret:SecretString:::}}',
    },
  ]);
  expect(synthesis.properties('AWS::SecretsManager::Secret')).toEqual({
    Description: expect.any(String),
    GenerateSecretString: { ExcludePunctuation: true, PasswordLength: 64 },
  });
});

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/add-origin-custom-headers.html
it('sends the secret in a header that CloudFront agrees to add', () => {
  expect(EDGE_SECRET_HEADER).not.toMatch(/^(x-amz-|x-edge-|x-real-ip$)/);
});

it('sends the version of the secret that the prop names', () => {
  const edgeSecretVersion = '0c1b3d5e-1111-2222-3333-444455556666';
  const [origin] = distributionOf(synthesize({ edge: true, edgeSecretVersion })).Origins;
  expect(origin?.OriginCustomHeaders?.[0]?.HeaderValue).toBe(
    `{{resolve:secretsmanager:Edge/Secret:SecretString:::${edgeSecretVersion}}}`,
  );
});

it('lets the functions that serve HTTP read the secret, and no other', () => {
  const read = 'Allow secretsmanager:GetSecretValue Edge/Secret';
  const names = ['ingest', 'query', 'legacy', 'projector', 'reporter', 'audit'];
  const readers = names.filter((name) => grantsOf(synthesis, name).includes(read));
  expect(readers).toEqual(['ingest', 'query', 'legacy']);
  const told = names.filter((name) => {
    const { Environment } = synthesis.properties(
      'AWS::Lambda::Function',
      `Functions/${name}/Function`,
    );
    return JSON.stringify(Environment).includes('"EDGE_SECRET_ID":"Edge/Secret"');
  });
  expect(told).toEqual(readers);
});

it('tells the commands where the secret is', () => {
  const { outputs } = synthesize({ edge: true });
  expect(JSON.parse(outputs.CounterSettings ?? '').EDGE_SECRET_ID).toBe('Edge/Secret');
});

it('reaches the API by TLS 1.2 only', () => {
  const [origin, ...others] = distributionOf(synthesis).Origins;
  expect(others).toEqual([]);
  expect(origin?.CustomOriginConfig).toEqual({
    OriginProtocolPolicy: 'https-only',
    OriginSSLProtocols: ['TLSv1.2'],
  });
  expect(JSON.stringify(origin?.DomainName)).toContain('Api/Http.ApiEndpoint');
});
