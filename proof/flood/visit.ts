import { Agent, request } from 'node:http';
import { json } from 'node:stream/consumers';

/** The response to a visit, as far as it matters here. */
export interface VisitAnswer {
  readonly counted: boolean;
  readonly reason?: string;
}

/** Sends visits from one address of this machine. */
export interface Visitor {
  /** Rejects unless the response is a 202. */
  readonly visit: (userAgent: string) => Promise<VisitAnswer>;
  readonly close: () => void;
}

/** A visitor at an address in 127.0.0.0/8, all of which Linux routes to this machine. */
export const createVisitor = (port: number, address: string, atOnce = 1): Visitor => {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const visit = async (userAgent: string): Promise<VisitAnswer> => {
    const options = {
      ...{ host: '127.0.0.1', port, agent, localAddress: address, method: 'POST' },
      path: '/sessions',
      headers: { 'user-agent': userAgent, host: `localhost:${port}` },
    };
    const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
      request(options, resolve).on('error', reject).end();
    });
    const body = await json(response);
    if (response.statusCode === 202) return body as VisitAnswer;
    throw new Error(`A visit was answered ${response.statusCode} ${JSON.stringify(body)}`);
  };
  return { visit, close: () => agent.destroy() };
};

/** A user agent for each number. */
export const userAgentOf = (number: number): string =>
  `Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.${number}`;
