import { randomUUID } from 'node:crypto';
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { ensureTable } from '../../src/local/create-tables.ts';
import { createDocumentClient } from '../../src/tables/document-client.ts';
import { COUNTS_TABLE } from '../../src/tables/schema.ts';
import { canonicalText } from './dynamodb/attribute-value.ts';
import type { Explored } from './explore-world.ts';
import { replayExchange } from './replay-exchange.ts';
import type { Transition } from './transitions.ts';

/**
 * Replays every request of these worlds on each item it was applied to, against the DynamoDB of the
 * SDK's environment, in a temporary table that is deleted at the end. Resolves to the exit code: 1 when
 * a reply differs.
 */
export const replayTransitions = async (
  explored: readonly Explored[],
  print: (text: string) => void,
): Promise<number> => {
  const transitions = distinctTransitions(explored);
  const client = createDocumentClient();
  const table = `session-counter-explore-${randomUUID()}`;
  await ensureTable(client, table, COUNTS_TABLE);
  try {
    let differences = 0;
    for (const transition of transitions) {
      const difference = await replayExchange(client, table, transition);
      if (difference) print(JSON.stringify(difference, undefined, 2));
      if (difference) differences += 1;
    }
    print(`${transitions.length} requests in ${table}: ${differences} replies differ.`);
    return differences > 0 ? 1 : 0;
  } finally {
    await client.send(new DeleteTableCommand({ TableName: table }));
  }
};

/** Every pair of item and request that occurs in these worlds, once. */
const distinctTransitions = (explored: readonly Explored[]): Transition[] => {
  const transitions = new Map<string, Transition>();
  for (const transition of explored.flatMap(({ counterTransitions }) => counterTransitions)) {
    const { before = null, request } = transition;
    transitions.set(canonicalText([before, request]), transition);
  }
  return [...transitions.values()];
};
