import { expect, it } from 'vitest';
import {
  invocationHeaders,
  parseRuntimeRequest,
} from '../../../measure/runtime/runtime-requests.ts';

it.each<[string, string, object]>([
  ['GET', '/2018-06-01/runtime/invocation/next', { kind: 'next' }],
  ['POST', '/2018-06-01/runtime/init/error', { kind: 'init-error' }],
  ...['response', 'error'].map((kind): [string, string, object] => [
    ...(['POST', `/2018-06-01/runtime/invocation/a%2Fb/${kind}`] as const),
    { kind, requestId: 'a/b' },
  ]),
])('reads %s %s', (method, path, request) => {
  expect(parseRuntimeRequest(method, path)).toEqual(request);
});

it.each([
  ['POST', '/2018-06-01/runtime/invocation/next'],
  ['GET', '/2018-06-01/runtime/init/error'],
  ['POST', '/2018-06-01/runtime/invocation/a/b/response'],
  ['POST', '/2020-01-01/extension/register'],
])('does not know %s %s', (method, path) => {
  expect(parseRuntimeRequest(method, path)).toBeUndefined();
});

it('sends every header that the client requires', () => {
  const requestId = '8476a536-e9f4-11e8-9739-2dfe598c3fcd';
  expect(
    invocationHeaders({ requestId, functionArn: 'arn', deadlineMs: 1_542_409_706_888 }),
  ).toEqual({
    'content-type': 'application/json',
    'lambda-runtime-aws-request-id': requestId,
    'lambda-runtime-deadline-ms': '1542409706888',
    'lambda-runtime-invoked-function-arn': 'arn',
    'lambda-runtime-trace-id': 'Root=1-5759e988-8476a536e9f411e897392dfe;Sampled=0',
  });
});
