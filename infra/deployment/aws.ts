import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateDescribeStacks,
  type Stack,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { fromEnv } from '@aws-sdk/credential-provider-env';
import { createClient, LIMITS } from '../../src/runtime/aws-client.ts';
import type { Template } from '../settings/template.ts';
import { askAws } from './ask-aws.ts';
import {
  type DeployedStack,
  holdsResources,
  isCounter,
  type StackFacts,
} from './deployed-stack.ts';

/** The AWS operations that the commands need. Each throws a Refusal when AWS does not answer. */
export interface Aws {
  /** The region in use. It is passed to the `cdk` command, so that both use the same one. */
  readonly findRegion: () => Promise<string>;
  readonly readStack: (name: string) => Promise<DeployedStack | undefined>;
  /** The names of all stacks in the account and region that hold a counter. */
  readonly listCounters: () => Promise<string[]>;
  readonly setProtection: (name: string, isProtected: boolean) => Promise<void>;
  /** Whether a Systems Manager parameter exists; true when reading it is not permitted. */
  readonly hasParameter: (name: string) => Promise<boolean>;
}

export interface AwsPlace {
  readonly profile: string | undefined;
  readonly region: string | undefined;
}

/** Connects with the profile and region of the options, or else those of the environment. */
export const connectToAws = ({ profile, region }: AwsPlace): Aws => {
  const config = { ...findCredentials(profile), ...findRegionOf(region) };
  const stacks = createClient(CloudFormationClient, LIMITS.management, config);
  const parameters = createClient(SSMClient, LIMITS.management, config);
  return {
    findRegion: () => askAws(() => stacks.config.region()),
    readStack: (name) => askAws(() => readStack(stacks, name)),
    listCounters: () => askAws(() => listCounters(stacks)),
    setProtection: async (StackName, EnableTerminationProtection) => {
      const input = { StackName, EnableTerminationProtection };
      await askAws(() => stacks.send(new UpdateTerminationProtectionCommand(input)));
    },
    hasParameter: (name) => askAws(() => hasParameter(parameters, name)),
  };
};

// In the order of the cdk command, or the two could work in different accounts: the profile given as
// an option, then the keys in the environment, then the profile in the environment.
const findCredentials = (profile: string | undefined) => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_PROFILE, AWS_DEFAULT_PROFILE } =
    process.env;
  if (!profile && AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY) return { credentials: fromEnv() };
  const chosen = profile || AWS_PROFILE || AWS_DEFAULT_PROFILE;
  return chosen ? { profile: chosen } : {};
};

const findRegionOf = (option: string | undefined) => {
  const region = option || process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION;
  return region ? { region } : {};
};

const readStack = async (
  client: CloudFormationClient,
  StackName: string,
): Promise<DeployedStack | undefined> => {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    const facts = Stacks[0] && factsOf(Stacks[0]);
    if (facts === undefined) return undefined;
    return { ...facts, template: await readTemplate(client, facts) };
  } catch (error) {
    if ((error as Error).message.includes('does not exist')) return undefined;
    throw error;
  }
};

const readTemplate = async (client: CloudFormationClient, stack: StackFacts) => {
  if (!holdsResources(stack)) return undefined;
  const { TemplateBody = '' } = await client.send(
    new GetTemplateCommand({ StackName: stack.name }),
  );
  return parseTemplate(TemplateBody);
};

// The CDK writes JSON. A template in YAML is not from us, so the stack is not a counter.
const parseTemplate = (body: string): Template | undefined => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

const listCounters = async (client: CloudFormationClient): Promise<string[]> => {
  const names: string[] = [];
  for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {})) {
    const counters = Stacks.map(factsOf).filter(
      (facts) => isCounter(facts) && holdsResources(facts),
    );
    names.push(...counters.map(({ name }) => name));
  }
  return names;
};

const factsOf = (stack: Stack): StackFacts => ({
  name: stack.StackName ?? '',
  status: stack.StackStatus ?? '',
  description: stack.Description,
  outputs: (stack.Outputs ?? []).map(({ OutputKey = '' }) => OutputKey),
  isProtected: stack.EnableTerminationProtection ?? false,
});

// Someone who may not read it may still deploy, and `cdk deploy` reports a missing bootstrap itself.
const hasParameter = async (client: SSMClient, Name: string): Promise<boolean> => {
  try {
    await client.send(new GetParameterCommand({ Name }));
    return true;
  } catch (error) {
    const { name } = error as Error;
    if (name === 'ParameterNotFound') return false;
    if (name === 'AccessDeniedException') return true;
    throw error;
  }
};
