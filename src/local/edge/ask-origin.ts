import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { LocalResponse } from '../http-server/handle-request.ts';
import type { OriginRequest } from './origin-request.ts';

// They are about the connection to the API.
const OF_THE_CONNECTION = ['connection', 'keep-alive', 'trailer', 'transfer-encoding'];

/**
 * Sends a request to the API at `url` with exactly these headers, Host and Connection; `fetch` would add others.
 * Follows no redirect, and decodes no content. Rejects when there is no answer, and when it is not complete
 * before `signal` aborts.
 */
export const askOrigin = async (
  url: string,
  { method, target, headers }: OriginRequest,
  signal: AbortSignal,
): Promise<LocalResponse> => {
  // A connection that is kept open may end just when a visit is sent.
  const options = { method, path: target, headers, agent: false };
  const asked = request(new URL(url), { ...options, signal }).end();
  // Of a connection that breaks while the content is read, which rejects, too.
  asked.on('error', () => undefined);
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const body = await buffer(answer);
  const kept = Object.entries(answer.headers).filter(([name]) => !OF_THE_CONNECTION.includes(name));
  return {
    statusCode: answer.statusCode ?? 502,
    headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
    body,
  };
};
