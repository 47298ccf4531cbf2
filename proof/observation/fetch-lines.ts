import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { createClient, LIMITS } from '../../src/runtime/aws-client.ts';
import { MARK } from './observer/observed-line.ts';

/**
 * The observer's lines in a log group so far, in no particular order. CloudWatch may return a line twice
 * and recent ones only later. Throws what the SDK throws.
 */
export const fetchLines = async (logGroupName: string, abortSignal: AbortSignal) => {
  const client = createClient(CloudWatchLogsClient, LIMITS.management);
  const input = { logGroupName, filterPattern: `{ $.observer = ${MARK} }` };
  const lines: string[] = [];
  for await (const { events = [] } of paginateFilterLogEvents({ client }, input, { abortSignal }))
    lines.push(...events.map(({ message = '' }) => message.trim()));
  return lines;
};
