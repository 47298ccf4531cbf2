import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { createClient, LIMITS } from '../../runtime/aws-client.ts';
import { findCounterIds, OUTPUT, outputKey } from '../../settings/stack-outputs.ts';
import { CommandError, UsageError } from '../command-error.ts';
import type { CounterLocation } from './counter-location.ts';

/**
 * Reads where the counter `id` of a stack is from the outputs of the stack; without `id`, where its only
 * counter is. Throws a UsageError if it has several and `id` is missing, a CommandError if the stack or
 * the counter does not exist, and otherwise what the SDK throws.
 */
export const locateStackCounter = async (stack: string, id?: string): Promise<CounterLocation> => {
  const outputs = await readOutputs(stack);
  const found = chooseCounter(stack, findCounterIds([...outputs.keys()]), id);
  const read = (name: string) => outputs.get(outputKey(found, name));
  const sessionsTable = read(OUTPUT.sessionsTable);
  const countsTable = read(OUTPUT.countsTable);
  const settings = parseSettings(read(OUTPUT.settings));
  if (sessionsTable === undefined || countsTable === undefined || settings === undefined) {
    throw new CommandError(
      `The stack ${stack} has no valid output ${outputKey(found, OUTPUT.settings)}. ${REDEPLOY}`,
    );
  }
  const name = id === undefined ? `the stack ${stack}` : `the counter ${id} of the stack ${stack}`;
  return { sessionsTable, countsTable, settings, name };
};

const chooseCounter = (stack: string, ids: readonly string[], id: string | undefined): string => {
  const [first] = ids;
  if (first === undefined) {
    const keys = `${OUTPUT.sessionsTable} and ${OUTPUT.countsTable}`;
    throw new CommandError(`The stack ${stack} has no outputs that end with ${keys}. ${REDEPLOY}`);
  }
  if (id === undefined && ids.length === 1) return first;
  if (id !== undefined && ids.includes(id)) return id;
  if (id === undefined) {
    const options = ids.map((one) => `--construct ${one}`).join(' or ');
    throw new UsageError(`The stack ${stack} has several SessionCounters. Add ${options}`);
  }
  throw new CommandError(`The stack ${stack} has no counter ${id}. It has ${ids.join(', ')}`);
};

const REDEPLOY = 'Redeploy it with this version, or use --sessions-table and --counts-table';

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

const parseSettings = (text = ''): Record<string, string> | undefined => {
  try {
    const settings = JSON.parse(text);
    return Array.isArray(settings) ? undefined : (settings ?? undefined);
  } catch {
    return undefined;
  }
};
