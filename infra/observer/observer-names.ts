/** What the stack of an observer says of itself; by it `npm run observe` knows its own. */
export const OBSERVER_DESCRIPTION =
  'Observes how a session counter is delivered; made for some days';

/** The output that names the log group of the observer. */
export const LOG_OUTPUT = 'ObserverLog';

/** The stack that observes the counter of the stack `name`. */
export const observerStackName = (name: string): string => `${name}-observer`;

/** What the app of the observer is told by its environment. */
export const OBSERVER_VARIABLES = {
  /** The name of its own stack. */
  stack: 'SESSION_COUNTER_OBSERVER',
  /** The ARN of the stream that it reads. */
  stream: 'SESSION_COUNTER_STREAM',
} as const;
