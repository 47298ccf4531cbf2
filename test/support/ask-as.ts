import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { browser } from './browsers.ts';

/** What a viewer asks for, and from where. */
export interface Question {
  readonly method?: string;
  /** Undefined leaves the user agent of an ordinary browser; headers are sent exactly as given otherwise. */
  readonly headers?: Readonly<Record<string, string>>;
  /** An address of this machine that the connection comes from, such as 127.0.0.2. */
  readonly from?: string;
}

/** The answer to a request; its content is not decoded. */
export interface Answered {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Asks with exactly these headers, which `fetch` would complete. */
export const askAs = async (
  url: string,
  { method = 'GET', headers, from }: Question = {},
): Promise<Answered> => {
  const sent = request(url, {
    ...{ method, headers: { 'user-agent': browser(), ...headers }, agent: false },
    ...(from !== undefined && { localAddress: from, family: 4 }),
  }).end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
};
