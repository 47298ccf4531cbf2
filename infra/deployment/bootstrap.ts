import type { CommandArguments } from './arguments.ts';
import type { Aws } from './aws.ts';
import { sharedArguments } from './shared-arguments.ts';

export interface BootstrapTools {
  readonly aws: Aws;
  readonly cdk: (args: readonly string[]) => Promise<number>;
  readonly say: (line: string) => void;
}

/**
 * Runs `cdk bootstrap` where nobody has bootstrapped yet. A bootstrap that is there is left alone,
 * for it may be an organisation's own. Resolves to the exit code.
 */
export const ensureBootstrap = async (
  args: CommandArguments,
  { aws, cdk, say }: BootstrapTools,
): Promise<number> => {
  if (await aws.hasParameter(bootstrapParameter(args.context))) return 0;
  say('Nobody has prepared this account and region for the CDK yet: cdk bootstrap does it, once.');
  return cdk(['bootstrap', ...sharedArguments(args)]);
};

const QUALIFIER = '@aws-cdk/core:bootstrapQualifier=';

// What every stack of the CDK asks for before it is deployed, whatever the bootstrap is called.
// https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html
const bootstrapParameter = (context: readonly string[]): string => {
  const given = context.find((entry) => entry.startsWith(QUALIFIER));
  return `/cdk-bootstrap/${given?.slice(QUALIFIER.length) ?? 'hnb659fds'}/version`;
};
