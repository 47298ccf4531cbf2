import { describe, expect, it } from 'vitest';
import { callsOfRequest } from '../../../proof/permissions/calls-of-request.ts';

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
