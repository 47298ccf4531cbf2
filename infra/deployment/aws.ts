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

/** What the commands ask of AWS. Each throws a Refusal when AWS cannot be asked. */
export interface Aws {
  /** The region in use, which the CDK's command is told, so that both work in the same one. */
  readonly findRegion: () => Promise<string>;
  readonly readStack: (name: string) => Promise<DeployedStack | undefined>;
  /** The names of all stacks here that hold a counter. */
  readonly listCounters: () => Promise<string[]>;
  readonly setProtection: (name: string, isProtected: boolean) => Promise<void>;
  /** Whether there is a parameter of Systems Manager; true for who may not ask. */
  readonly hasParameter: (name: string) => Promise<boolean>;
}

export interface AwsPlace {
  readonly profile: string | undefined;
  readonly region: string | undefined;
}

/** Asks AWS as the profile and in the region that the options or else the environment name. */
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

// As the CDK's command chooses, or the two would work in different accounts: a profile that is an
// option, then the keys in the environment, then a profile there.
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

// Every template of the CDK is JSON; another may be YAML, and then it is no counter of ours.
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

// Who may not ask may still deploy, and `cdk deploy` itself says when the bootstrap is missing.
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
