import { Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnStage,
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  IpAddressType,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { COUNTS_PATH, LEGACY_PATH, OWN_SESSION_PATH, SESSIONS_PATH } from '../src/http/paths.ts';
import { addApiDomain } from './api-domain.ts';
import type { Functions } from './functions.ts';
import { addLogGroup } from './log-group.ts';
import type { Domain } from './props/domain.ts';
import type { Throttle } from './props/throttle.ts';

export interface ApiProps {
  readonly name: string;
  readonly functions: Pick<Functions, 'ingest' | 'query' | 'legacy'>;
  readonly throttle: Throttle;
  /** Whether it has addresses of IPv6, besides those of IPv4. */
  readonly isDualStack: boolean;
  /** Undefined if the API has only the address that AWS gives it. */
  readonly domain: Domain | undefined;
  /** Whether it can be reached at the address that AWS gives it. */
  readonly hasDefaultEndpoint: boolean;
}

/**
 * The public HTTP API. It has no CORS configuration: with one, API Gateway ignores the headers of the
 * functions, which answer preflights and know the allowed origins.
 */
export class Api extends Construct {
  /** The HTTP API, such as for a metric. */
  readonly http: HttpApi;
  /** The only stage, which serves the API without a path of its own. */
  readonly stage: HttpStage;
  /** The address of the API, without a trailing slash. */
  readonly url: string;
  /** The same for CloudFront: the address that AWS gives the API, unless that is disabled. */
  readonly originUrl: string;
  /** One line of JSON for each request, without anything personal. */
  readonly accessLog: LogGroup;

  constructor(scope: Construct, props: ApiProps) {
    super(scope, 'Api');
    const { name, functions, throttle, isDualStack, domain } = props;
    this.http = new HttpApi(this, 'Http', {
      apiName: name,
      description: 'session-counter',
      createDefaultStage: false,
      ipAddressType: isDualStack ? IpAddressType.DUAL_STACK : IpAddressType.IPV4,
      ...(!props.hasDefaultEndpoint && { disableExecuteApiEndpoint: true }),
    });
    this.url = domain ? `https://${domain.name}` : this.http.apiEndpoint;
    this.originUrl = props.hasDefaultEndpoint ? this.http.apiEndpoint : this.url;
    this.accessLog = addLogGroup(this, 'AccessLog');
    const routes = listRoutes(functions);
    this.stage = this.#addStage();
    (this.stage.node.defaultChild as CfnStage).routeSettings = throttleEach(routes, throttle);
    // Route settings are refused for a route that does not exist, so the stage comes last.
    this.stage.node.addDependency(...routes.map((route) => this.#addRoute(route)));
    if (domain) addApiDomain(this, { api: this.http, stage: this.stage, domain, isDualStack });
  }

  #addRoute({ id, key, integration }: Route): HttpRoute {
    const route = new HttpRoute(this, id, { httpApi: this.http, routeKey: key, integration });
    Validations.of(route).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'Any visitor of a public page may count a visit, read the counts and delete their row.',
    });
    return route;
  }

  #addStage(): HttpStage {
    return new HttpStage(this, 'Stage', {
      httpApi: this.http,
      autoDeploy: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLog),
        format: AccessLogFormat.custom(ACCESS_LOG_FORMAT),
      },
    });
  }
}

interface Route {
  readonly id: string;
  readonly key: HttpRouteKey;
  readonly integration: HttpLambdaIntegration;
}

const listRoutes = (functions: ApiProps['functions']): Route[] => {
  const ingest = new HttpLambdaIntegration('Ingest', functions.ingest);
  const query = new HttpLambdaIntegration('Query', functions.query);
  const anyOf = (path: string) => HttpRouteKey.with(path, HttpMethod.ANY);
  return [
    { id: 'Sessions', key: anyOf(SESSIONS_PATH), integration: ingest },
    { id: 'OwnSession', key: anyOf(OWN_SESSION_PATH), integration: ingest },
    { id: 'Counts', key: anyOf(COUNTS_PATH), integration: query },
    { id: 'Default', key: HttpRouteKey.DEFAULT, integration: query },
    ...(functions.legacy ? [legacyRoute(functions.legacy)] : []),
  ];
};

const legacyRoute = (legacy: IFunction): Route => ({
  id: 'Legacy',
  key: HttpRouteKey.with(LEGACY_PATH, HttpMethod.ANY),
  integration: new HttpLambdaIntegration('Legacy', legacy),
});

const throttleEach = (routes: Route[], { ratePerSecond, burst }: Throttle) => {
  const settings = { ThrottlingRateLimit: ratePerSecond, ThrottlingBurstLimit: burst };
  return Object.fromEntries(routes.map(({ key }) => [key.key, settings]));
};

// No address, user agent or referer: a log must not hold what the counter never stores.
// `functionRequestId` is the request id of Lambda, which finds the log lines of the function. The time
// of a request is the time stamp of its line, and its duration is a metric.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
const ACCESS_LOG_FORMAT = JSON.stringify({
  requestId: '$context.requestId',
  functionRequestId: '$context.integration.requestId',
  routeKey: '$context.routeKey',
  status: '$context.status',
  integrationLatency: '$context.integrationLatency',
  integrationError: '$context.integrationErrorMessage',
});
