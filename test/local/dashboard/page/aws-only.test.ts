import { expect, it } from 'vitest';
import { findAwsOnly, isConsoleUrl } from '../../../../src/local/dashboard/page/aws-only.ts';

const LATENCY = {
  namespace: 'AWS/ApiGateway',
  name: 'Latency',
  reason: 'There is no API Gateway.',
};

it.each([
  ['https://eu-west-1.console.aws.amazon.com/cloudwatch/home#logs', true],
  ['https://cn-north-1.console.amazonaws.cn/cloudwatch', true],
  ['https://us-gov-west-1.console.amazonaws-us-gov.com/', true],
  ['https://example.org/console.aws.amazon.com', false],
  ['https://myconsole.aws.amazon.com.example.org/', false],
  ['no address', false],
])('knows whether %s is in the AWS console', (url, isInConsole) => {
  expect(isConsoleUrl(url)).toBe(isInConsole);
});

it('finds a metric of a series that only AWS emits', () => {
  const metric = { namespace: 'AWS/ApiGateway', name: 'Latency', dimensions: { ApiId: 'a' } };
  const other = { namespace: 'App', name: 'Latency', dimensions: {} };
  expect(findAwsOnly({ metrics: [other, metric] }, [LATENCY])).toBe(LATENCY);
  expect(findAwsOnly({ metrics: [other] }, [LATENCY])).toBeUndefined();
});
