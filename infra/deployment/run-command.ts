import { SettingsError } from '../settings/settings-error.ts';
import { type CommandArguments, checkKeptByNpm, parseArguments } from './arguments.ts';
import { type Aws, type AwsPlace, connectToAws } from './aws.ts';
import { HELP, type Script } from './help.ts';
import { Refusal } from './refusal.ts';
import { type RunCdk, runCdk } from './run-cdk.ts';

/** The tools of a command. */
export interface Tools {
  readonly connect: (place: AwsPlace) => Aws;
  readonly cdk: RunCdk;
  /** Prints a line to stderr. */
  readonly say: (line: string) => void;
}

/** One of `npm run deploy`, `synth` and `destroy`; resolves to its exit code. */
export type Command = (args: CommandArguments, tools: Tools) => Promise<number>;

/**
 * Runs a command with the arguments `given` and sets the exit code: that of the `cdk` command, or 1
 * when the command refused to run, whose reason it prints.
 */
export const runCommand = async (
  script: Script,
  command: Command,
  given: readonly string[],
): Promise<void> => {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  try {
    checkKeptByNpm(process.env, script);
    const args = parseArguments(given);
    if (args.isHelp) return say(HELP[script]);
    process.exitCode = await command(args, { connect: connectToAws, cdk: runCdk, say });
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof SettingsError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
};
