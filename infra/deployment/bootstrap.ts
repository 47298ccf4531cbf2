import type { CommandArguments } from './arguments.ts';
import type { Aws } from './aws.ts';
import { sharedArguments } from './shared-arguments.ts';

export interface BootstrapTools {
  readonly aws: Aws;
  readonly cdk: (args: readonly string[]) => Promise<number>;
  readonly say: (line: string) => void;
}

/**
 * Runs `cdk bootstrap` when the account and region are not bootstrapped. Leaves an existing bootstrap
 * alone, because an organisation may have customised it. Resolves to the exit code.
 */
export const ensureBootstrap = async (
  args: CommandArguments,
  { aws, cdk, say }: BootstrapTools,
): Promise<number> => {
  if (await aws.hasParameter(bootstrapParameter(args.context))) return 0;
  say('This account and region are not bootstrapped for the CDK yet. Running cdk bootstrap, once.');
  return cdk(['bootstrap', ...sharedArguments(args)]);
};

const QUALIFIER = '@aws-cdk/core:bootstrapQualifier=';

// Every CDK stack reads it before it is deployed, whatever the name of the bootstrap stack.
// https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html
const bootstrapParameter = (context: readonly string[]): string => {
  const given = context.find((entry) => entry.startsWith(QUALIFIER));
  return `/cdk-bootstrap/${given?.slice(QUALIFIER.length) ?? 'hnb659fds'}/version`;
};
