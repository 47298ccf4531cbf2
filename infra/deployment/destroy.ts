import { checkContext } from '../settings/check-context.ts';
import { readRecord } from '../settings/recorded-settings.ts';
import { SETTINGS_VARIABLE } from '../settings/settings-file.ts';
import type { CommandArguments } from './arguments.ts';
import type { Aws } from './aws.ts';
import type { Command } from './command.ts';
import { type DeployedStack, isBusy } from './deployed-stack.ts';
import { findSettings } from './find-settings.ts';
import { Refusal } from './refusal.ts';
import { settingsCommandLine } from './settings-command-line.ts';
import { contextKeys } from './shared-arguments.ts';

/**
 * Deletes the stack that the settings file names, if `--confirm` names it, too; otherwise throws a
 * Refusal, after printing what would be deleted and what would stay. Turns termination protection off
 * to delete it, and on again when the stack still exists. Resolves to the exit code of the CDK.
 */
export const destroy: Command = async (args, { connect, cdk, say }) => {
  checkContext(contextKeys(args), args.file);
  const aws = connect(args);
  const region = await aws.findRegion();
  const { settings, stack } = await findSettings(args.file, aws);
  if (stack === undefined) {
    throw new Refusal(`There is no stack ${settings.name} in ${region}: nothing to destroy.`);
  }
  for (const line of describeLoss(stack)) say(line);
  if (args.confirm !== stack.name) throw new Refusal(describeConfirmation(args, stack.name));
  const env = { [SETTINGS_VARIABLE]: args.file, AWS_REGION: region };
  const cdkArguments = ['destroy', '--force', '--output', args.output, ...args.forCdk];
  return unprotected(stack.name, aws, () => cdk(cdkArguments, env));
};

/** Runs `work` with termination protection off, and turns it on again if the stack still exists. */
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

// CloudFormation follows the deployed template, which may differ from the file.
const describeLoss = ({ name, template = {} }: DeployedStack): string[] => {
  const { keepTables, countsTable } = readRecord(template);
  if (countsTable != null) return describeLossBesideTables(name, keepTables !== false);
  if (keepTables !== false) return describeKept(name);
  return [`Deletes ${name} WITH ITS TABLES AND ITS KEY: the count and all rows are lost for good.`];
};

// No setting lets a stack delete tables that are not part of it.
const describeLossBesideTables = (name: string, isKeyKept: boolean): string[] =>
  isKeyKept
    ? [
        `Deletes ${name}. Its tables are not part of the stack, and stay; the hash key stays, too. A later`,
        'deployment of this name continues with all of them, if its settings name the tables.',
      ]
    : [
        `Deletes ${name} WITH ITS KEY: to another counter, every visitor is new. Its tables are not part of`,
        'the stack, and stay.',
      ];

const describeKept = (name: string): string[] => [
  `Deletes ${name}. Its tables and the hash key stay, and the storage of the tables is billed. A`,
  'later deployment of this name uses the key again, but not the tables. To delete them, too,',
  'deploy keepTables: false first.',
];

const describeConfirmation = ({ confirm, file }: CommandArguments, name: string): string => {
  const mistake =
    confirm === undefined ? '' : `--confirm names ${confirm}, but the file names ${name}. `;
  const command = settingsCommandLine('destroy', file, `--confirm ${name}`);
  return `${mistake}Nothing was deleted. To destroy the stack: ${command}`;
};

// AWS refuses it for a stack that is being deleted.
const protectAgain = async (name: string, aws: Aws): Promise<void> => {
  const stack = await aws.readStack(name);
  if (stack && !isBusy(stack)) await aws.setProtection(name, true);
};
