import type { CommandArguments } from './arguments.ts';
import type { Aws, AwsPlace } from './aws.ts';
import type { RunCdk } from './run-cdk.ts';

/** The tools of a command. */
export interface Tools {
  readonly connect: (place: AwsPlace) => Aws;
  readonly cdk: RunCdk;
  /** Prints a line to stderr. */
  readonly say: (line: string) => void;
}

/** One of our commands `deploy`, `synth` and `destroy`; resolves to its exit code. */
export type Command = (args: CommandArguments, tools: Tools) => Promise<number>;
