import { Logger } from '@aws-lambda-powertools/logger';

/** Structured log lines, as JSON on standard error. Never give it a request or a session row. */
export type Log = Pick<Logger, 'warn' | 'error'>;

/**
 * A log whose lines name the function that wrote them. Its logger is made with the first line: most
 * containers write none, and to make one is a twentieth of a cold start.
 */
export const createLog = (serviceName: string): Log => {
  let logger: Logger | undefined;
  const open = (): Logger => {
    logger ??= new Logger({ serviceName });
    return logger;
  };
  return {
    warn: (input, ...extra) => open().warn(input, ...extra),
    error: (input, ...extra) => open().error(input, ...extra),
  };
};
