import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { createClient, LIMITS } from '../../runtime/aws-client.ts';
import { OUTPUT } from '../../settings/stack-outputs.ts';
import { CommandError } from '../command-error.ts';
import type { CounterLocation } from './counter-location.ts';

/**
 * Reads where a stack's counter is from the outputs of the stack. Throws a CommandError if the
 * stack does not exist or has no counter, and otherwise what the SDK throws.
 */
export const locateStackCounter = async (name: string): Promise<CounterLocation> => {
  const outputs = await readOutputs(name);
  const sessionsTable = outputs.get(OUTPUT.sessionsTable);
  const countsTable = outputs.get(OUTPUT.countsTable);
  const settings = parseSettings(outputs.get(OUTPUT.settings));
  if (sessionsTable === undefined || countsTable === undefined || settings === undefined) {
    throw new CommandError(
      `The stack ${name} lacks the outputs ${Object.values(OUTPUT).join(', ')}. Redeploy it with ` +
        'this version, or use --sessions-table and --counts-table',
    );
  }
  return { sessionsTable, countsTable, settings, name: `the stack ${name}` };
};

/**
 * Reads the outputs of a stack. Throws a CommandError if it does not exist, otherwise what the SDK
 * throws.
 */
export const readOutputs = async (StackName: string): Promise<Map<string, string>> => {
  try {
    const client = createClient(CloudFormationClient, LIMITS.management);
    const answer = await client.send(new DescribeStacksCommand({ StackName }));
    const outputs = answer.Stacks?.[0]?.Outputs ?? [];
    return new Map(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
  } catch (cause) {
    const isMissing = (cause as Error).message.includes('does not exist');
    if (isMissing)
      throw new CommandError(`The stack ${StackName} does not exist in this account and region`, {
        cause,
      });
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
