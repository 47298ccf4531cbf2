import { expect, it } from 'vitest';
import type { AllowedOrigins } from '../../../src/domain/allowed-origins.ts';
import { rejectCrossSiteDeletions } from '../../../src/local/http-server/cross-site-deletions.ts';
import { httpApiEvent } from '../../support/api-events.ts';

const ALLOWED_HOSTS = ['tunnel.example'];

/** The status of a request to a wrapped handler that deletes for every origin. */
const statusOf = async (
  method: string,
  origin: string | undefined,
  allowedOrigins: AllowedOrigins = '*',
): Promise<number> => {
  const policy = { allowedOrigins, allowedHosts: ALLOWED_HOSTS };
  const handler = async () => ({ statusCode: 204, headers: {}, body: '' });
  const headers = origin === undefined ? {} : { Origin: origin };
  const event = httpApiEvent({ method, path: '/sessions/me', headers });
  const { statusCode } = await rejectCrossSiteDeletions(handler, policy)(event);
  return statusCode;
};

it.each(['https://evil.example', 'http://localhost.evil.example', 'null', 'file://', 'http://'])(
  'a page of %s cannot delete',
  async (origin) => {
    expect(await statusOf('DELETE', origin)).toBe(403);
    expect(await statusOf('delete', origin)).toBe(403);
  },
);

it.each([
  undefined,
  'http://localhost:3000',
  'http://127.0.0.1:5173',
  'http://[::1]',
  'https://tunnel.example',
])('the owner can delete, from %s', async (origin) => {
  expect(await statusOf('DELETE', origin)).toBe(204);
});

it('if ALLOWED_ORIGINS lists origins, the function itself decides', async () => {
  expect(await statusOf('DELETE', 'https://a.example', ['https://a.example'])).toBe(204);
});

it.each(['POST', 'OPTIONS', 'GET'])('%s is as on AWS', async (method) => {
  expect(await statusOf(method, 'https://evil.example')).toBe(204);
});
