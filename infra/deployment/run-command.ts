import { SettingsError } from '../settings/settings-error.ts';
import { checkKeptByNpm, parseArguments } from './arguments.ts';
import { connectToAws } from './aws.ts';
import type { Command } from './command.ts';
import { deploy } from './deploy.ts';
import { destroy } from './destroy.ts';
import { HELP, type Script } from './help.ts';
import { checkNeededPackages } from './needed-packages.ts';
import { withCdkJson } from './project-cdk-json.ts';
import { Refusal } from './refusal.ts';
import type { RunCdk } from './run-cdk.ts';
import { synth } from './synth.ts';

const COMMANDS: Readonly<Record<Script, Command>> = { deploy, synth, destroy };

/**
 * Runs a command with the arguments `given` and sets the exit code: that of the `cdk` command, or 1
 * when the command refused to run, whose reason it prints.
 */
export const runDeploymentCommand = async (
  script: Script,
  given: readonly string[],
  cdk: RunCdk,
): Promise<void> => {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  try {
    checkKeptByNpm(process.env, script);
    const args = parseArguments(given);
    if (args.isHelp) return say(HELP[script]);
    checkNeededPackages();
    process.exitCode = await COMMANDS[script](withCdkJson(args), {
      connect: connectToAws,
      cdk,
      say,
    });
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof SettingsError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
};
