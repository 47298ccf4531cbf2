import type { Aws, AwsPlace } from '../../infra/deployment/aws.ts';
import { Refusal } from '../../infra/deployment/refusal.ts';
import type { RunCdk } from '../../infra/deployment/run-cdk.ts';
import {
  OBSERVER_DESCRIPTION,
  OBSERVER_VARIABLES,
  observerStackName,
} from '../../infra/observer/observer-names.ts';
import { CommandError } from '../../src/cli/command-error.ts';

/** The tools to deploy and delete an observer. */
export interface DeploymentTools {
  readonly connect: (place: AwsPlace) => Aws;
  readonly cdk: RunCdk;
}

/** Deploys or updates the observer of the counter `observed`. Throws a CommandError. */
export const beginObserving = async (
  observed: string,
  streamArn: string,
  tools: DeploymentTools,
): Promise<void> => {
  const { name, region } = await findObserver(observed, tools);
  await runCdk(['deploy', ...cdkArguments(name)], { name, region, streamArn }, tools);
};

/** Deletes the observer of a counter and its log. Throws a CommandError when there is none. */
export const endObserving = async (observed: string, tools: DeploymentTools): Promise<void> => {
  const { name, region, isThere } = await findObserver(observed, tools);
  if (!isThere)
    throw new CommandError(`Stack ${name} does not exist in ${region}; nothing was done`);
  await runCdk(
    ['destroy', '--force', ...cdkArguments(name)],
    { name, region, streamArn: NO_STREAM },
    tools,
  );
};

// The CDK synthesizes the template only to find the stack; nothing of it is deployed.
const NO_STREAM = 'arn:aws:dynamodb:us-east-1:123456789012:table/none/stream/none';

// In its own output folder, because a deployment of the counter may be running.
const cdkArguments = (name: string): string[] => [
  ...['--app', 'node infra/observer/observer-app.ts', '--output', 'cdk.out/observer', name],
];

const findObserver = async (observed: string, { connect }: DeploymentTools) => {
  const aws = connect({ profile: undefined, region: undefined });
  const name = observerStackName(observed);
  const asked = Promise.all([aws.findRegion(), aws.readStack(name)]);
  const [region, found] = await inOurWords(asked);
  if (found !== undefined && found.description !== OBSERVER_DESCRIPTION)
    throw new CommandError(`Stack ${name} is not an observer of this project; nothing was done`);
  return { name, region, isThere: found !== undefined };
};

interface Observed {
  readonly name: string;
  readonly region: string;
  readonly streamArn: string;
}

const runCdk = async (
  args: readonly string[],
  { name, region, streamArn }: Observed,
  { cdk }: DeploymentTools,
): Promise<void> => {
  const ended = cdk(args, {
    [OBSERVER_VARIABLES.stack]: name,
    [OBSERVER_VARIABLES.stream]: streamArn,
    AWS_REGION: region,
  });
  const code = await inOurWords(ended);
  if (code !== 0) throw new CommandError(`cdk ${args[0]} exited with code ${code}; see above`);
};

// Turns a Refusal of the deployment into an error of our commands.
const inOurWords = async <Result>(work: Promise<Result>): Promise<Result> =>
  work.catch((cause) => {
    throw cause instanceof Refusal ? new CommandError(cause.message, { cause }) : cause;
  });
