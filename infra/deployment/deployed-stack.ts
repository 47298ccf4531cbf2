import { OUTPUT } from '../../src/settings/stack-outputs.ts';
import { STACK_DESCRIPTION } from '../app/stack-description.ts';
import type { Template } from '../settings/template.ts';

/** A stack as CloudFormation describes it. */
export interface StackFacts {
  readonly name: string;
  readonly status: string;
  readonly description: string | undefined;
  /** The keys of its outputs. */
  readonly outputs: readonly string[];
  readonly isProtected: boolean;
}

/** A stack with its template, which is undefined when it is not JSON. */
export interface DeployedStack extends StackFacts {
  readonly template: Template | undefined;
}

/**
 * Whether the stack was deployed by these commands: by its description, or by the outputs of versions
 * that set none. Another app's stack with a `SessionCounter` has neither: a deployment would replace
 * its other resources.
 */
export const isCounter = ({ description, outputs }: StackFacts): boolean =>
  description === STACK_DESCRIPTION ||
  [OUTPUT.sessionsTable, OUTPUT.countsTable].every((key) => outputs.includes(key));

// A change set was created and never executed, so the stack has no resources.
const NEVER_CREATED = ['REVIEW_IN_PROGRESS'];

// A stack in these states cannot be updated: the CDK deletes it and creates it again.
const FAILED_CREATION = ['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED'];

/** Whether the first deployment failed, so that the counter never ran. */
export const hasFailedCreation = ({ status }: StackFacts): boolean =>
  FAILED_CREATION.includes(status);

/** Whether the stack has resources, so that a counter may be running. */
export const holdsResources = ({ status }: StackFacts): boolean =>
  ![...NEVER_CREATED, ...FAILED_CREATION].includes(status);

/** Whether CloudFormation is changing the stack, so that its state cannot be relied on. */
export const isBusy = ({ status }: StackFacts): boolean =>
  status.endsWith('_IN_PROGRESS') && !NEVER_CREATED.includes(status);
