import { checkContext } from '../settings/check-context.ts';
import { SETTINGS_VARIABLE, writeSettingsFile } from '../settings/settings-file.ts';
import type { CommandArguments } from './arguments.ts';
import { readAssembly } from './assembly.ts';
import type { Aws } from './aws.ts';
import { ensureBootstrap } from './bootstrap.ts';
import type { Command, Tools } from './command.ts';
import { type DeployedStack, hasFailedCreation } from './deployed-stack.ts';
import { describeEnd } from './describe-end.ts';
import {
  describeDeployment,
  findAllChanges,
  findSettingChanges,
  refuseLeftOut,
} from './find-changes.ts';
import { type Findings, findSettings } from './find-settings.ts';
import { checkNamedChanges, refuseUnnamed, refuseUnneeded } from './guarded-change.ts';
import { contextKeys, sharedArguments } from './shared-arguments.ts';

/**
 * Deploys the counter of the settings file, and writes that file at the first deployment. Before
 * anything changes, it compares the file with the stack, prints the differences, and throws a Refusal
 * for a change that loses data and was not named. Resolves to the exit code of the last `cdk` command.
 */
export const deploy: Command = async (args, { connect, cdk: runCdk, say }) => {
  checkContext(contextKeys(args), args.file);
  checkNamedChanges(args.changes);
  const aws = connect(args);
  const region = await aws.findRegion();
  const env = { [SETTINGS_VARIABLE]: args.file, AWS_REGION: region };
  const cdk = (cdkArgs: readonly string[]) => runCdk(cdkArgs, env);
  const findings = await findSettings(args.file, aws);
  const changes = await findSettingChanges(findings, aws);
  for (const line of describeDeployment(findings, region)) say(line);
  refuseLeftOut(findings, args.file);
  refuseUnnamed(changes, args);
  ensureFile(args, findings, say);
  const synthesized = await cdk([
    'synth',
    '--quiet',
    '--output',
    args.output,
    ...sharedArguments(args),
  ]);
  if (synthesized !== 0) return synthesized;
  const { template } = readAssembly(args.output);
  const allChanges = findAllChanges(findings.stack, template, changes);
  refuseUnnamed(allChanges, args);
  refuseUnneeded(allChanges, args);
  return deployAssembly(args, findings, { aws, cdk, say });
};

const ensureFile = (
  { file }: CommandArguments,
  { isFileMissing, settings }: Findings,
  say: Tools['say'],
): void => {
  if (!isFileMissing) return;
  writeSettingsFile(file, settings);
  say(
    `First deployment: wrote ${file} with the defaults. Commit it; every later deployment reads it.`,
  );
};

interface DeployTools {
  readonly aws: Aws;
  readonly cdk: (args: readonly string[]) => Promise<number>;
  readonly say: Tools['say'];
}

const deployAssembly = async (
  args: CommandArguments,
  { stack, settings }: Findings,
  tools: DeployTools,
): Promise<number> => {
  const bootstrapped = await ensureBootstrap(args, tools);
  if (bootstrapped !== 0) return bootstrapped;
  if (stack) await unprotectFailure(stack, tools);
  // The template that was compared, not one that is synthesized again.
  const code = await tools.cdk(['deploy', '--app', args.output, ...args.forCdk]);
  for (const line of describeEnd(code, settings, args.file)) tools.say(line);
  return code;
};

// The CDK deletes the remains of a failed first deployment, which termination protection prevents.
const unprotectFailure = async (stack: DeployedStack, { aws, say }: DeployTools): Promise<void> => {
  if (!hasFailedCreation(stack) || !stack.isProtected) return;
  say(
    `The first deployment of ${stack.name} failed (${stack.status}). Deleting its remains and creating it again.`,
  );
  await aws.setProtection(stack.name, false);
};
