import { parseArgs } from 'node:util';

export interface DeployTools {
  /** Runs the CDK's command and resolves to its exit code. */
  readonly cdk: (args: string[]) => Promise<number>;
  /** Reads a parameter of Systems Manager; throws what the SDK throws. */
  readonly readParameter: (name: string) => Promise<unknown>;
  readonly say: (line: string) => void;
}

/**
 * Runs `cdk deploy` with `args`, and before it `cdk bootstrap` where nobody has bootstrapped yet.
 * A bootstrap that is there is left alone, for it may be an organisation's own. Resolves to the
 * exit code of what ran last, or to 1 when AWS cannot be asked.
 */
export const deploy = async (args: string[], tools: DeployTools): Promise<number> => {
  const shared = readSharedOptions(args);
  const finding = await findBootstrap(bootstrapParameter(shared.context), tools);
  if (finding instanceof Error) {
    tools.say(`AWS cannot be asked: ${finding.message}`);
    tools.say('Sign in (aws configure, aws sso login) or set AWS_PROFILE, and set AWS_REGION.');
    return 1;
  }
  const code = finding === 'missing' ? await bootstrap(shared, tools) : 0;
  return code === 0 ? tools.cdk(['deploy', ...args]) : code;
};

interface SharedOptions {
  readonly profile: string | undefined;
  readonly context: string[];
}

/** The options that bootstrap and deploy have in common. */
export const readSharedOptions = (args: string[]): SharedOptions => {
  const { profile, context = [] } = parseArgs({
    args,
    options: {
      profile: { type: 'string' },
      context: { type: 'string', short: 'c', multiple: true },
    },
    strict: false,
  }).values;
  return { profile: profile?.toString(), context: context.map(String) };
};

const QUALIFIER = '@aws-cdk/core:bootstrapQualifier=';

// What every stack of the CDK asks for before it is deployed, whatever the bootstrap is called.
// https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html
const bootstrapParameter = (context: string[]): string => {
  const given = context.find((entry) => entry.startsWith(QUALIFIER));
  return `/cdk-bootstrap/${given?.slice(QUALIFIER.length) ?? 'hnb659fds'}/version`;
};

// Who may not ask may still deploy, and `cdk deploy` itself says when the bootstrap is missing.
const findBootstrap = async (
  parameter: string,
  { readParameter }: DeployTools,
): Promise<'missing' | 'there' | Error> => {
  try {
    await readParameter(parameter);
    return 'there';
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === 'ParameterNotFound') return 'missing';
    return error.name === 'AccessDeniedException' ? 'there' : error;
  }
};

const bootstrap = ({ profile, context }: SharedOptions, { cdk, say }: DeployTools) => {
  say('Nobody has prepared this account and region for the CDK yet: cdk bootstrap does it, once.');
  const profileArgs = profile ? ['--profile', profile] : [];
  return cdk(['bootstrap', ...profileArgs, ...context.flatMap((entry) => ['--context', entry])]);
};
