import { describe, expect, it } from 'vitest';
import { callsOfRequest, parseSignedRequest } from '../../../proof/permissions/calls-of-request.ts';

const signedFor = (service: string, headers: Record<string, string> = {}) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=ingest/20261127/eu-central-1/${service}/aws4_request, SignedHeaders=host`,
  ...headers,
});

describe('a signed request', () => {
  it.each([
    {
      service: 'ssm',
      url: '/',
      headers: { 'x-amz-target': 'AmazonSSM.GetParameter' },
      body: '{"Name":"/a/b"}',
      expected: { operation: 'GetParameter', input: { Name: '/a/b' } },
    },
    {
      service: 'sns',
      url: '/',
      headers: {},
      body: 'Action=Publish&TopicArn=arn%3Atopic',
      expected: { operation: 'Publish', input: { TopicArn: 'arn:topic' } },
    },
    {
      service: 'lambda',
      url: '/2015-03-31/event-source-mappings/m1',
      headers: {},
      body: '',
      expected: { operation: 'GetEventSourceMapping', input: { UUID: 'm1' } },
    },
  ])('of $service names its function, operation and input', (request) => {
    const { service, url, headers, body, expected } = request;
    expect(parseSignedRequest({ url, headers: signedFor(service, headers) }, body)).toEqual({
      ...{ functionName: 'ingest', service },
      ...expected,
    });
  });

  it('is none without a signature', () => {
    expect(parseSignedRequest({ url: '/', headers: {} }, '')).toBeUndefined();
  });
});

describe('the calls of a request', () => {
  const request = (service: string, operation: string, input: object) =>
    callsOfRequest({ functionName: 'f', service, operation, input: { ...input } });

  it.each([
    ['monitoring', 'GetMetricData', {}, 'cloudwatch:GetMetricData', '*'],
    ['sns', 'Publish', { TopicArn: 'arn:topic' }, 'sns:Publish', 'arn:topic'],
    [
      ...(['ssm', 'PutParameter', { Name: '/a/b' }, 'ssm:PutParameter'] as const),
      'arn:aws:ssm:eu-central-1:111122223333:parameter/a/b',
    ],
    [
      ...(['lambda', 'GetEventSourceMapping', { UUID: 'm1' }] as const),
      ...(['lambda:GetEventSourceMapping'] as const),
      'arn:aws:lambda:eu-central-1:111122223333:event-source-mapping:m1',
    ],
  ] as const)('to %s for %s have its action and resource', (service, name, input, action, arn) => {
    expect(request(service, name, input)).toEqual([{ action, resource: arn, context: {} }]);
  });

  it('cannot be listed for an operation that is not known', () => {
    expect(() => request('sns', 'CreateTopic', {})).toThrow('sns:CreateTopic must be known');
  });
});
