import type { IncomingMessage } from 'node:http';

/** The host and the resource that a request asks for. */
export interface RequestTarget {
  /** Name and port as the client sent them; empty if it sent none. */
  readonly host: string;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
}

/**
 * The target of any request that Node.js accepts. The host in an absolute URL takes precedence over
 * the Host header.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2
 */
export const parseRequestTarget = ({
  url = '/',
  headers,
}: Pick<IncomingMessage, 'url' | 'headers'>): RequestTarget => {
  const absoluteHost = /^https?:\/\/([^/?]*)/i.exec(url);
  const [path = '', ...query] = url.slice(absoluteHost?.[0].length ?? 0).split('?');
  return {
    host: absoluteHost?.[1] ?? headers.host ?? '',
    path: path || '/',
    query: query.join('?'),
  };
};
