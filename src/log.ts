import { Logger } from '@aws-lambda-powertools/logger';

/** Structured log lines, as JSON on standard error. Never give it a request or a session row. */
export type Log = Pick<Logger, 'warn' | 'error'>;

/** A log whose lines name the function that wrote them. */
export const createLog = (serviceName: string): Log => new Logger({ serviceName });
