import { AsyncLocalStorage } from 'node:async_hooks';
import { Logger } from '@aws-lambda-powertools/logger';

/** Structured log lines, as JSON on standard error. Never log a request or a session row. */
export type Log = Pick<Logger, 'warn' | 'error'>;

const requestIds = new AsyncLocalStorage<string | undefined>();

/**
 * Runs `work`; its log lines, even those after it returned, contain this Lambda request id as
 * `function_request_id`. API Gateway's access log has the same id as `functionRequestId`. The id reveals
 * nothing about the visitor.
 */
export const logUnderRequestId = <Result>(id: string | undefined, work: () => Result): Result =>
  requestIds.run(id, work);

/**
 * A log whose lines contain the name of the function and the request id. The logger is created with the
 * first line: most containers write none, and creating one takes a twentieth of a cold start.
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
