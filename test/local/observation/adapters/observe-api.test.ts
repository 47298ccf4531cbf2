import { expect, it } from 'vitest';
import type { HttpHandler } from '../../../../src/http/http-handler.ts';
import { jsonResponse } from '../../../../src/http/http-response.ts';
import type { AccessLogEntry } from '../../../../src/local/observation/adapters/access-line.ts';
import { observeApi } from '../../../../src/local/observation/adapters/observe-api.ts';
import { httpApiEvent } from '../../../support/api-events.ts';
import { keptValues } from '../../../support/kept-values.ts';

const request = async (statusCode: number, path = '/sessions') => {
  const { put, values } = keptValues();
  const entries: AccessLogEntry[] = [];
  const handler: HttpHandler = async () => jsonResponse(statusCode, {});
  const writeAccess = (entry: AccessLogEntry) => void entries.push(entry);
  await observeApi(handler, { put, writeAccess })(httpApiEvent({ path }));
  return { values: values(), entries };
};

it.each([
  [202, 0, 0],
  [399, 0, 0],
  [400, 1, 0],
  [499, 1, 0],
  [503, 0, 1],
])('counts a response with the status %i as %i of 4xx and %i of 5xx', async (status, of4, of5) => {
  const { values } = await request(status);
  const dimensions = { ApiId: 'local' };
  expect(values).toEqual([
    ['AWS/ApiGateway', 'Count', dimensions, 1, 'Count'],
    ['AWS/ApiGateway', '4xx', dimensions, of4, 'Count'],
    ['AWS/ApiGateway', '5xx', dimensions, of5, 'Count'],
    ['AWS/ApiGateway', 'Latency', dimensions, expect.any(Number), 'Milliseconds'],
  ]);
});

it.each([
  ['/sessions', 'ANY /sessions'],
  ['/sessions/me', 'ANY /sessions/me'],
  ['/badge.svg', '$default'],
])('logs a request for %s with the route %s', async (path, routeKey) => {
  const { entries } = await request(202, path);
  expect(entries).toEqual([
    {
      ...{ requestId: expect.stringMatching(/^[\da-f-]{36}$/), routeKey, status: 202 },
      integrationLatency: expect.any(Number),
    },
  ]);
});
