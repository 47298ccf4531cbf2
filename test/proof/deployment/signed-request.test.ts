import { describe, expect, it } from 'vitest';
import { parseSignedRequest } from '../../../proof/deployment/signed-request.ts';

const signedFor = (service: string, headers: Record<string, string> = {}) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=ingest/20261127/eu-central-1/${service}/aws4_request, SignedHeaders=host`,
  ...headers,
});

const NO_HEADERS: Record<string, string> = {};

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
      headers: NO_HEADERS,
      body: 'Action=Publish&TopicArn=arn%3Atopic',
      expected: { operation: 'Publish', input: { TopicArn: 'arn:topic' } },
    },
    {
      service: 'lambda',
      url: '/2015-03-31/event-source-mappings/m1',
      headers: NO_HEADERS,
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
