import { AsyncLocalStorage } from 'node:async_hooks';
import { Logger } from '@aws-lambda-powertools/logger';

/** Structured log lines, as JSON on standard error. Never give it a request or a session row. */
export type Log = Pick<Logger, 'warn' | 'error'>;

const requestIds = new AsyncLocalStorage<string | undefined>();

/**
 * Runs `work`, whose log lines bear this id of Lambda's as `function_request_id`, late ones too. API
 * Gateway's access log has the same id as `functionRequestId`. It says nothing about the visitor.
 */
export const logUnderRequestId = <Result>(id: string | undefined, work: () => Result): Result =>
  requestIds.run(id, work);

/**
 * A log whose lines name the function that wrote them, and the request. Its logger is made with the
 * first line: most containers write none, and to make one is a twentieth of a cold start.
 */
export const createLog = (serviceName: string): Log => {
  let logger: Logger | undefined;
  const open = (): Logger => {
    logger ??= new Logger({ serviceName });
    logger.resetKeys();
    logger.appendKeys({ function_request_id: requestIds.getStore() });
    return logger;
  };
  return {
    warn: (input, ...extra) => open().warn(input, ...extra),
    error: (input, ...extra) => open().error(input, ...extra),
  };
};
