/** The description of an observer's stack, by which `npm run observe` recognises it. */
export const OBSERVER_DESCRIPTION = 'Records the stream deliveries of a session counter; temporary';

/** The output with the name of the observer's log group. */
export const LOG_OUTPUT = 'ObserverLog';

/**
 * The name of the stack that observes a counter: `observed` is the stack of the counter, and in a stack
 * with several counters also the counter's id, such as `sites-Blog`.
 */
export const observerStackName = (observed: string): string => `${observed}-observer`;

/** The environment variables of the observer's app. */
export const OBSERVER_VARIABLES = {
  /** The name of its stack. */
  stack: 'SESSION_COUNTER_OBSERVER',
  /** The ARN of the stream that it reads. */
  stream: 'SESSION_COUNTER_STREAM',
} as const;
