import type { Program } from '../src/cli/run-counter-command.ts';

/** The commands of the package that are npm scripts in a checkout, for the help. */
export const PROGRAMS: Readonly<Record<string, Program>> = {
  start: { summary: 'run the whole counter on this machine, with a page and an embedded DynamoDB' },
  deploy: { summary: 'deploy a counter to AWS, or change its settings' },
  synth: { summary: 'write its CloudFormation template, without an AWS account' },
  destroy: { summary: 'delete a deployed counter' },
};
