import type { AwsCall } from './aws-call.ts';
import type { Deployment } from './deployment.ts';

/** Calls that must be denied. */
export interface Forbidden {
  /** What is forbidden, for the documentation. */
  readonly what: string;
  /** The functions that may do it; all others must not. */
  readonly except: readonly string[];
  readonly calls: (deployment: Deployment) => readonly AwsCall[];
}

/** Every action on every resource. */
export const calls = (
  resources: readonly string[],
  actions: readonly string[],
  context: AwsCall['context'] = {},
): AwsCall[] =>
  resources.flatMap((resource) => actions.map((action) => ({ action, resource, context })));
