import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** A query of GetMetricData as it is sent. */
export interface SentQuery {
  readonly Id: string;
  readonly MetricStat: {
    readonly Metric: {
      readonly Namespace: string;
      readonly MetricName: string;
      readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
    };
    readonly Period: number;
    readonly Stat: string;
  };
}

/** A request as it is sent; times are epoch seconds. */
export interface SentRequest {
  readonly StartTime: number;
  readonly EndTime: number;
  readonly MetricDataQueries: readonly SentQuery[];
  readonly NextToken?: string;
}

/** A running fake of CloudWatch. */
export interface FakeCloudWatch {
  readonly url: string;
  readonly requests: SentRequest[];
}

interface Behaviour {
  /** The status of each result; `Forbidden` is one without values. */
  readonly statusCode?: string;
  /** Refuses every request with this error. */
  readonly refuseWith?: string;
}

/** Such as `SessionCounter Refused service=blog reason=bot`. */
export const describeQuery = ({ MetricStat: { Metric } }: SentQuery): string =>
  [
    ...[Metric.Namespace, Metric.MetricName],
    ...Metric.Dimensions.map(({ Name, Value }) => `${Name}=${Value}`),
  ].join(' ');

/**
 * Starts a fake of CloudWatch that knows the values of each day of some metrics, by their description. Like CloudWatch,
 * it may answer in pages: the first has only the first value of each metric.
 */
export const startCloudWatch = async (
  valuesOf: Readonly<Record<string, readonly number[]>>,
  { statusCode, refuseWith }: Behaviour = {},
): Promise<FakeCloudWatch> => {
  const requests: SentRequest[] = [];
  const server = createServer(async (message, response) => {
    const request = (await json(message)) as SentRequest;
    requests.push(request);
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    if (refuseWith) {
      const body = { __type: `com.amazonaws.cloudwatch#${refuseWith}`, message: 'no' };
      response.writeHead(400).end(JSON.stringify(body));
      return;
    }
    const isFirst = request.NextToken === undefined;
    const MetricDataResults = request.MetricDataQueries.map((query) => {
      const values = valuesOf[describeQuery(query)] ?? [];
      const Values = isFirst ? values.slice(0, 1) : values.slice(1);
      const StatusCode = statusCode ?? (isFirst ? 'PartialData' : 'Complete');
      return { Id: query.Id, Label: query.Id, Timestamps: [], Values, StatusCode };
    });
    const next = isFirst && { NextToken: 'second' };
    response.end(JSON.stringify({ MetricDataResults, Messages: [], ...next }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
};
