import { beforeAll, expect, it } from 'vitest';
import { type Synthesis, synthesize } from './synthesize.ts';

let synthesis: Synthesis;

beforeAll(() => {
  synthesis = synthesize({ throttle: { ratePerSecond: 7, burst: 9 } });
});

interface Route {
  readonly RouteKey: string;
  readonly Target: string;
  readonly AuthorizationType: string;
}

const functionBehind = ({ Target }: Route): unknown => {
  const path = Target.replace('integrations/', '');
  return synthesis.properties('AWS::ApiGatewayV2::Integration', path).IntegrationUri;
};

it('routes visits to ingest and everything else to query', () => {
  const routes = Object.values(synthesis.ofType('AWS::ApiGatewayV2::Route'));
  const targets = routes.map(({ Properties }) => {
    const route = Properties as unknown as Route;
    return [route.RouteKey, functionBehind(route)];
  });
  expect(Object.fromEntries(targets)).toEqual({
    'ANY /sessions': 'Functions/ingest/Function.Arn',
    'ANY /sessions/me': 'Functions/ingest/Function.Arn',
    'ANY /counts': 'Functions/query/Function.Arn',
    $default: 'Functions/query/Function.Arn',
  });
});

it('uses the payload format that has the address of the client', () => {
  for (const { Properties } of Object.values(synthesis.ofType('AWS::ApiGatewayV2::Integration'))) {
    expect(Properties).toMatchObject({ PayloadFormatVersion: '2.0', IntegrationType: 'AWS_PROXY' });
  }
});

it.each([
  { props: {}, type: 'dualstack' },
  { props: { dualStack: false }, type: 'ipv4' },
])('has the addresses $type with $props', ({ props, type }) => {
  const { IpAddressType } = synthesize(props).properties('AWS::ApiGatewayV2::Api');
  expect(IpAddressType).toBe(type);
});

it('leaves CORS to the functions', () => {
  expect(synthesis.properties('AWS::ApiGatewayV2::Api')).not.toHaveProperty('CorsConfiguration');
});

it('throttles every route, and creates the route before the settings that name it', () => {
  const each = { ThrottlingRateLimit: 7, ThrottlingBurstLimit: 9 };
  const [stage] = Object.values(synthesis.ofType('AWS::ApiGatewayV2::Stage'));
  const routes = synthesis.ofType('AWS::ApiGatewayV2::Route');
  expect(stage?.Properties).toMatchObject({
    StageName: '$default',
    AutoDeploy: true,
    RouteSettings: {
      'ANY /sessions': each,
      'ANY /sessions/me': each,
      'ANY /counts': each,
      $default: each,
    },
  });
  expect(Object.keys(routes)).toHaveLength(4);
  expect(stage?.DependsOn?.map(synthesis.pathOf)).toEqual(
    expect.arrayContaining(Object.keys(routes)),
  );
});

it('logs requests with the ids of API Gateway and of Lambda, and with nothing about the client', () => {
  const { AccessLogSettings } = synthesis.properties<{
    AccessLogSettings: { DestinationArn: string; Format: string };
  }>('AWS::ApiGatewayV2::Stage');
  expect(AccessLogSettings.DestinationArn).toBe('Api/AccessLog.Arn');
  expect(JSON.parse(AccessLogSettings.Format)).toEqual({
    requestId: '$context.requestId',
    functionRequestId: '$context.integration.requestId',
    routeKey: '$context.routeKey',
    status: '$context.status',
    integrationLatency: '$context.integrationLatency',
    integrationError: '$context.integrationErrorMessage',
  });
});
