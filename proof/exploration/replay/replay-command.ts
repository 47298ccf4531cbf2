import { randomUUID } from 'node:crypto';
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { ensureTable } from '../../../src/local/create-tables.ts';
import { createDocumentClient } from '../../../src/tables/document-client.ts';
import { COUNTS_TABLE } from '../../../src/tables/schema.ts';
import type { WorldPlan } from '../world/world-plan.ts';
import { collectTransitions } from './collect-transitions.ts';
import { replayMeeting } from './replay-meeting.ts';

/**
 * Replays every command of these worlds on every item that it met, on the DynamoDB that the SDK's
 * environment names, in a table of its own that is deleted at the end. Resolves to the exit code: 1
 * when an answer differs.
 */
export const replayTransitions = async (
  plans: readonly WorldPlan[],
  print: (text: string) => void,
): Promise<number> => {
  const transitions = await collectTransitions(plans);
  const client = createDocumentClient();
  const table = `session-counter-explore-${randomUUID()}`;
  await ensureTable(client, table, COUNTS_TABLE);
  try {
    let differences = 0;
    for (const transition of transitions) {
      const difference = await replayMeeting(client, table, transition);
      if (difference) print(JSON.stringify(difference, undefined, 2));
      if (difference) differences += 1;
    }
    print(`${transitions.length} requests in ${table}: ${differences} answers differ.`);
    return differences > 0 ? 1 : 0;
  } finally {
    await client.send(new DeleteTableCommand({ TableName: table }));
  }
};
