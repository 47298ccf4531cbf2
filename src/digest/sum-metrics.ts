import {
  CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandOutput,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import { DAY_MS } from '../domain/utc-day.ts';
import { createClient, LIMITS } from '../runtime/aws-client.ts';
import type { DigestPeriod } from './digest-period.ts';
import type { SumMetrics, SummedMetric } from './metered-use.ts';

/** A client of CloudWatch that gives up within 30 seconds. */
export const createCloudWatchClient = (): CloudWatchClient =>
  createClient(CloudWatchClient, LIMITS.inBackground);

/**
 * Adds up metrics over the days of a period; a metric without data is 0. CloudWatch aligns values of a day to UTC
 * days. It charges 0.01 USD for 1,000 metrics, which no free tier contains. Throws what the SDK throws, and an error
 * when CloudWatch does not have all values.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export const createSumMetrics =
  (client: CloudWatchClient, { days }: Pick<DigestPeriod, 'days'>): SumMetrics =>
  async (metrics) => {
    const sums = metrics.map(() => 0);
    const range = {
      StartTime: new Date(days[0] ?? ''),
      EndTime: new Date(Date.parse(days.at(-1) ?? '') + DAY_MS),
      MetricDataQueries: metrics.map(toQuery),
    };
    let NextToken: string | undefined;
    do {
      const page: GetMetricDataCommandOutput = await client.send(
        new GetMetricDataCommand({ ...range, NextToken }),
      );
      for (const [index, sum] of sumsOf(page)) sums[index] = (sums[index] ?? 0) + sum;
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return sums;
  };

const DAY_SECONDS = DAY_MS / 1_000;

const toQuery = (
  { namespace, name, dimensions }: SummedMetric,
  index: number,
): MetricDataQuery => ({
  Id: `m${index}`,
  MetricStat: {
    Metric: {
      ...{ Namespace: namespace, MetricName: name },
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    },
    ...{ Period: DAY_SECONDS, Stat: 'Sum' },
  },
});

const COMPLETE = ['Complete', 'PartialData'];

const sumsOf = ({ MetricDataResults = [] }: GetMetricDataCommandOutput): [number, number][] =>
  MetricDataResults.map(({ Id = '', StatusCode = 'Complete', Values = [] }) => {
    // The next page has the rest of partial data.
    if (!COMPLETE.includes(StatusCode)) {
      throw new Error(
        `CloudWatch has no values of the metric ${Id}: ${StatusCode}. The digest is not sent.`,
      );
    }
    return [Number(Id.slice(1)), Values.reduce((sum, value) => sum + value, 0)];
  });
