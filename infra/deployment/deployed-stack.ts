import { OUTPUT } from '../../src/settings/stack-outputs.ts';
import type { Template } from '../settings/template.ts';
import { STACK_DESCRIPTION } from '../stack-description.ts';

/** A stack as CloudFormation describes it. */
export interface StackFacts {
  readonly name: string;
  readonly status: string;
  readonly description: string | undefined;
  /** The keys of its outputs. */
  readonly outputs: readonly string[];
  readonly isProtected: boolean;
}

/** A stack with its template; without one when it has none in JSON. */
export interface DeployedStack extends StackFacts {
  readonly template: Template | undefined;
}

/** Whether the stack holds a counter that this repository made. */
export const isCounter = ({ description, outputs }: StackFacts): boolean =>
  description === STACK_DESCRIPTION ||
  [OUTPUT.sessionsTable, OUTPUT.countsTable].every((key) => outputs.includes(key));

// A change set that nobody executed made it; it has no resources.
const NEVER_MADE = ['REVIEW_IN_PROGRESS'];

// No update leads out of these: the CDK deletes the stack and makes it again.
const FAILED_CREATION = ['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED'];

/** Whether the first deployment failed, so that no counter ever ran. */
export const hasFailedCreation = ({ status }: StackFacts): boolean =>
  FAILED_CREATION.includes(status);

/** Whether a counter may run in the stack. */
export const holdsResources = ({ status }: StackFacts): boolean =>
  ![...NEVER_MADE, ...FAILED_CREATION].includes(status);

/** Whether CloudFormation is changing the stack, so that nothing read of it can be relied on. */
export const isBusy = ({ status }: StackFacts): boolean =>
  status.endsWith('_IN_PROGRESS') && !NEVER_MADE.includes(status);
