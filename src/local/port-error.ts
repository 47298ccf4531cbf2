import { commandLine } from '../runtime/command-line.ts';
import { DEFAULT_HOST } from './http-server/http-server.ts';
import { StartError } from './start-error.ts';

/**
 * Returns what `listen` returns. Turns its error into a StartError that says why the port of the host
 * cannot be used and what to do.
 */
export const explainPortError = async <Result>(
  port: number,
  listen: () => Promise<Result>,
  host = DEFAULT_HOST,
): Promise<Result> => {
  try {
    return await listen();
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    throw new StartError(explain(code, port, host), { cause });
  }
};

const explain = (code: string, port: number, host: string): string => {
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use; choose another, for example: ${commandLine('start', `--port ${port + 1}`)}`;
  }
  if (NO_SUCH_HOST.includes(code)) {
    return `--host must be an address or name of this machine, such as 0.0.0.0, but it is "${host}" (${code})`;
  }
  return `Cannot listen on port ${port} of ${host} (${code})`;
};

// Not an address of this machine; no address family such as IPv6; a name that is unknown, or unknown now.
const NO_SUCH_HOST = ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL', 'ENOTFOUND', 'EAI_AGAIN'];
