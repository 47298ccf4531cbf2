import { existsSync, readFileSync } from 'node:fs';
import type { CommandArguments } from './arguments.ts';
import { Refusal } from './refusal.ts';

/** What a cdk.json says about the account that the `cdk` command works in. */
interface CdkJson {
  readonly profile?: string;
  readonly context?: Readonly<Record<string, unknown>>;
}

const QUALIFIER = '@aws-cdk/core:bootstrapQualifier';

/**
 * The arguments, with the profile and the bootstrap qualifier of the cdk.json in the working directory
 * where they give none. The `cdk` command reads both there: without them, the commands would compare
 * the stack of one account and change another. Throws a Refusal when the file is not valid JSON.
 */
export const withCdkJson = (args: CommandArguments): CommandArguments => {
  const { profile, context } = readCdkJson();
  const qualifier = context?.[QUALIFIER];
  return {
    ...args,
    profile: args.profile ?? profile,
    context: [...args.context, ...(qualifier ? [`${QUALIFIER}=${qualifier}`] : [])],
  };
};

const readCdkJson = (): CdkJson => {
  if (!existsSync('cdk.json')) return {};
  try {
    return JSON.parse(readFileSync('cdk.json', 'utf8'));
  } catch (cause) {
    throw new Refusal(`cdk.json is not valid: ${(cause as Error).message}`, { cause });
  }
};
