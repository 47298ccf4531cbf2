import { checkContext } from '../settings/check-context.ts';
import { readRecord } from '../settings/recorded-settings.ts';
import { SETTINGS_VARIABLE } from '../settings/settings-file.ts';
import type { CommandArguments } from './arguments.ts';
import type { Aws } from './aws.ts';
import { commandLine } from './command-line.ts';
import { type DeployedStack, isBusy } from './deployed-stack.ts';
import { findSettings } from './find-settings.ts';
import { Refusal } from './refusal.ts';
import type { Command } from './run-command.ts';
import { contextKeys } from './shared-arguments.ts';

/**
 * Deletes the stack that the settings file names, once `--confirm` names it too; else throws a
 * Refusal that says what would go and what would stay. Takes the termination protection off for
 * it, and puts it on again when the stack is still there. Resolves to the exit code of the CDK.
 */
export const destroy: Command = async (args, { connect, cdk, say }) => {
  checkContext(contextKeys(args), args.file);
  const aws = connect(args);
  const region = await aws.findRegion();
  const { settings, stack } = await findSettings(args.file, aws);
  if (stack === undefined) {
    throw new Refusal(`There is no stack ${settings.name} in ${region}, so nothing to destroy.`);
  }
  for (const line of describeLoss(stack)) say(line);
  if (args.confirm !== stack.name) throw new Refusal(describeConfirmation(args, stack.name));
  const env = { [SETTINGS_VARIABLE]: args.file, AWS_REGION: region };
  return unprotected(stack.name, aws, () => cdk(['destroy', '--force', ...args.forCdk], env));
};

/** Runs `work` without the protection of the stack; a stack that is still there gets it back. */
const unprotected = async (name: string, aws: Aws, work: () => Promise<number>) => {
  let code = 1;
  await aws.setProtection(name, false);
  try {
    code = await work();
  } finally {
    if (code !== 0) await protectAgain(name, aws);
  }
  return code;
};

// What the stack was deployed with is what CloudFormation does; the file may say otherwise.
const describeLoss = ({ name, template = {} }: DeployedStack): string[] =>
  readRecord(template).keepTables === false
    ? [`${name} goes WITH ITS TABLES AND ITS KEY: the count and all rows are gone for good.`]
    : [
        `${name} goes; its tables and the key of the hash stay, and cost what they store. A later`,
        'deployment does not take them up again. To delete them as well, deploy keepTables: false first.',
      ];

const describeConfirmation = ({ confirm, file }: CommandArguments, name: string): string => {
  const mistake = confirm === undefined ? '' : `--confirm names ${confirm}, the file ${name}. `;
  const command = commandLine('destroy', file, `--confirm ${name}`);
  return `${mistake}Nothing was done: the stack is protected. To destroy it: ${command}`;
};

// AWS refuses it for a stack that is on its way out.
const protectAgain = async (name: string, aws: Aws): Promise<void> => {
  const stack = await aws.readStack(name);
  if (stack && !isBusy(stack)) await aws.setProtection(name, true);
};
