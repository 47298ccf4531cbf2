import { randomUUID } from 'node:crypto';
import type { HttpHandler } from '../../../http/http-handler.ts';
import { COUNTS_PATH, LEGACY_PATH, OWN_SESSION_PATH, SESSIONS_PATH } from '../../../http/paths.ts';
import type { Collector } from '../collector.ts';
import { API_ID } from '../local-names.ts';

/**
 * The same handler of the API, whose requests are measured and logged as API Gateway does it. It limits no rate, so it
 * refuses none with 429.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
 */
export const observeApi =
  (
    handler: HttpHandler,
    { put, writeAccess }: Pick<Collector, 'put' | 'writeAccess'>,
  ): HttpHandler =>
  async (event, context) => {
    const startedMs = performance.now();
    const response = await handler(event, context);
    const latencyMs = performance.now() - startedMs;
    const { statusCode: status } = response;
    put(apiMetric('Count'), 1, 'Count');
    put(apiMetric('4xx'), Number(status >= 400 && status < 500), 'Count');
    put(apiMetric('5xx'), Number(status >= 500), 'Count');
    put(apiMetric('Latency'), latencyMs, 'Milliseconds');
    writeAccess({
      ...{ requestId: randomUUID(), routeKey: routeKeyOf(event), status },
      integrationLatency: Math.round(latencyMs),
    });
    return response;
  };

const apiMetric = (name: string) => ({
  namespace: 'AWS/ApiGateway',
  name,
  dimensions: { ApiId: API_ID },
});

const ROUTED_PATHS: readonly string[] = [COUNTS_PATH, LEGACY_PATH, OWN_SESSION_PATH, SESSIONS_PATH];

// The HTTP server creates events of version 2.0, which have a raw path.
const routeKeyOf = (event: Parameters<HttpHandler>[0]): string => {
  const path = 'rawPath' in event ? (event.rawPath ?? '') : '';
  return ROUTED_PATHS.includes(path) ? `ANY ${path}` : '$default';
};
