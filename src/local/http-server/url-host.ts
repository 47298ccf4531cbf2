import { isIPv6 } from 'node:net';

const REACHED_AS_LOCALHOST = ['localhost', '127.0.0.1', '[::1]', '0.0.0.0', '[::]'];

/**
 * The host in the URL of a server that listens on `host`, an address or host name, as a browser writes
 * it: localhost where that reaches the server. Without the zone of an IPv6 address, which no URL has.
 */
export const urlHost = (host: string): string => {
  const url = URL.parse(`http://${isIPv6(host) ? `[${host.split('%')[0]}]` : host}`);
  const name = url?.hostname ?? host;
  return REACHED_AS_LOCALHOST.includes(name) ? 'localhost' : name;
};
