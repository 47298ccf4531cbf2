import { isIP } from 'node:net';
import { parseArgs } from 'node:util';
import { commandLine } from '../runtime/command-line.ts';
import { DEFAULT_HOST } from './http-server/http-server.ts';
import { urlHost } from './http-server/url-host.ts';
import { StartError } from './start-error.ts';

/** The options of the local run. */
export interface Options {
  /** 0 picks any free port. */
  readonly port: number;
  /** The address or name of this machine that the HTTP server binds. */
  readonly host: string;
  /** Host names to answer for in addition to localhost: `host`, unless it is every address; lower case. */
  readonly allowedHosts: readonly string[];
  /** Undefined keeps all data in memory. */
  readonly dataFolder: string | undefined;
  /** Undefined keeps the metrics and the history of the alarms in memory. */
  readonly historyFolder: string | undefined;
  /** Whether GET / counts a visit in place of serving the page. */
  readonly hasLegacyRoute: boolean;
  /** Whether an edge is in front of the counter, which then is the path /counter of the site. */
  readonly hasEdge: boolean;
  readonly help: boolean;
}

export const HELP = `Runs the whole counter on this machine: the page, the API, the dashboard and an embedded DynamoDB.

  ${commandLine('start', '[options]')}

  --port N      the port of the page and the API (default: 3000; 0 picks any free port)
  --host ADDRESS
                the address to listen on (default: 127.0.0.1, for this machine only). In a
                container: 0.0.0.0. Requests for a single address are answered, too
  --data DIR    the folder for the counts and the hash key (default: data)
  --ephemeral   keep all data in memory and lose it on exit
  --history DIR keep the metrics and the alarms of the dashboard in this folder; it may be
                that of --data (default: in memory)
  --allowed-host NAME
                also answer requests for this host name, such as a tunnel's (repeatable)
  --legacy-route
                GET / counts a visit and answers both numbers, as the Python counter did;
                the page is at /index.html
  --edge        put an edge in front of the counter that does what CloudFront does: the counter is
                the path /counter of the page's site, and answers are kept at the edge
  --help        show this help

  AWS_ENDPOINT_URL_DYNAMODB   the URL of a DynamoDB to use instead of the embedded one

The functions read their settings from environment variables; README.md lists them.`;

/** Parses the arguments of the local run. Throws a StartError that says what is expected. */
export const parseOptions = (args: string[]): Options => {
  const values = parseValues(args);
  const { port, data, history, ephemeral, help, 'allowed-host': hosts = [] } = values;
  if (ephemeral && data !== undefined) {
    throw new StartError('--ephemeral keeps no data, so it cannot be combined with --data');
  }
  for (const [name, folder] of Object.entries({ data, history })) {
    if (folder?.trim() === '') throw new StartError(`--${name} must name a folder`);
  }
  const host = values.host === undefined ? DEFAULT_HOST : parseHost(values.host);
  return {
    port: parsePort(port ?? '3000'),
    host,
    // A page cannot make an address its own name, so an answer for it allows no DNS rebinding.
    allowedHosts: [...ownNames(host), ...hosts.map(parseAllowedHost)],
    dataFolder: ephemeral ? undefined : (data ?? 'data'),
    historyFolder: history,
    hasLegacyRoute: values['legacy-route'] ?? false,
    hasEdge: values.edge ?? false,
    help: help ?? false,
  };
};

const parseValues = (args: string[]) => {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        data: { type: 'string' },
        history: { type: 'string' },
        ephemeral: { type: 'boolean' },
        'allowed-host': { type: 'string', multiple: true },
        'legacy-route': { type: 'boolean' },
        edge: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n\n${HELP}`, { cause: error });
  }
};

const parsePort = (text: string): number => {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new StartError(`--port must be a whole number from 0 to 65535, but it is "${text}"`);
};

// The URL that the user opens has this name.
const ownNames = (host: string): string[] => [urlHost(host)].filter((name) => name !== 'localhost');

const HOST_NAME = /^[a-z\d-]+(\.[a-z\d-]+)*$/;

// 0 and 127.1 are addresses to a resolver, and a browser writes them in another way.
const LOOKS_LIKE_ADDRESS = /(^|\.)(\d+|0x[\da-f]*)$/;

const isHostName = (text: string): boolean =>
  HOST_NAME.test(text) && !LOOKS_LIKE_ADDRESS.test(text);

const parseHost = (text: string): string => {
  if (isIP(text) || isHostName(text.toLowerCase())) return text;
  throw new StartError(
    `--host must be an address or host name of this machine without a port, such as 0.0.0.0 or ::, but it is "${text}"`,
  );
};

const parseAllowedHost = (text: string): string => {
  const host = text.toLowerCase();
  if (HOST_NAME.test(host)) return host;
  throw new StartError(
    `--allowed-host must be a host name without a port, such as counter.example.com, but it is "${text}"`,
  );
};
