/** The stack description of an observer, by which `npm run observe` recognises its own stacks. */
export const OBSERVER_DESCRIPTION =
  'Observes how a session counter is delivered; made for some days';

/** The output with the name of the observer's log group. */
export const LOG_OUTPUT = 'ObserverLog';

/** The name of the observer stack for the counter stack `name`. */
export const observerStackName = (name: string): string => `${name}-observer`;

/** The environment variables of the observer's CDK app. */
export const OBSERVER_VARIABLES = {
  /** The name of its own stack. */
  stack: 'SESSION_COUNTER_OBSERVER',
  /** The ARN of the stream that it reads. */
  stream: 'SESSION_COUNTER_STREAM',
} as const;
