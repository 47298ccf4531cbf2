import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { createClient, LIMITS } from '../../runtime/aws-client.ts';
import { OUTPUT } from '../../settings/stack-outputs.ts';
import { CommandError } from '../command-error.ts';
import type { Place } from './place.ts';

/**
 * The counter of a deployed stack, after its outputs. Throws a CommandError when there is no such
 * stack or it holds no counter, and else what the SDK throws.
 */
export const readStack = async (name: string): Promise<Place> => {
  const outputs = await readOutputs(name);
  const sessionsTable = outputs.get(OUTPUT.sessionsTable);
  const countsTable = outputs.get(OUTPUT.countsTable);
  const settings = parseSettings(outputs.get(OUTPUT.settings));
  if (sessionsTable === undefined || countsTable === undefined || settings === undefined) {
    throw new CommandError(
      `The stack ${name} has no outputs ${Object.values(OUTPUT).join(', ')}. Deploy it once more ` +
        'with this version, or give --sessions-table and --counts-table',
    );
  }
  return { sessionsTable, countsTable, settings, name: `the stack ${name}` };
};

/** The outputs of a stack. Throws a CommandError when there is none, and else what the SDK throws. */
export const readOutputs = async (StackName: string): Promise<Map<string, string>> => {
  try {
    const client = createClient(CloudFormationClient, LIMITS.management);
    const answer = await client.send(new DescribeStacksCommand({ StackName }));
    const outputs = answer.Stacks?.[0]?.Outputs ?? [];
    return new Map(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
  } catch (cause) {
    const isMissing = (cause as Error).message.includes('does not exist');
    if (isMissing) throw new CommandError(`There is no stack ${StackName} here`, { cause });
    throw cause;
  }
};

const parseSettings = (text: string | undefined): Record<string, string> | undefined => {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
};
