import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { DEPLOYED, exploreWorld } from '../../../../proof/exploration/explore-world.ts';
import type { MakeHandler } from '../../../../proof/exploration/world/container.ts';
import { findWorld } from '../../../../proof/exploration/worlds/worlds.ts';

/** A projector whose requests are changed before they are sent. */
const changing =
  (change: (input: UpdateCommandInput) => UpdateCommandInput): MakeHandler =>
  (client) => {
    const send = (command: UpdateCommand) =>
      client.send(new UpdateCommand(change(command.input as UpdateCommandInput)));
    return DEPLOYED({ send } as unknown as DynamoDBDocumentClient);
  };

const BREAKS: Readonly<Record<string, MakeHandler>> = {
  'no condition': changing((input) => ({
    ...input,
    ConditionExpression: `(${input.ConditionExpression}) OR NOT (${input.ConditionExpression})`,
  })),
  'unknown syntax': changing((input) => ({
    ...input,
    ConditionExpression: `${input.ConditionExpression} AND size(#n0) > :v0`,
  })),
  'a success for every batch': (client) => {
    const handler = DEPLOYED(client);
    return async (event) => {
      await handler(event).catch(() => undefined);
      return { state: {}, batchItemFailures: [] };
    };
  },
  'every second call fails': (client) => {
    const handler = DEPLOYED(client);
    let calls = 0;
    return async (event) => {
      calls += 1;
      if (calls % 2 === 0) throw new Error('planted');
      return handler(event);
    };
  },
  'a batch remembered as done': (client) => {
    const handler = DEPLOYED(client);
    const done = new Set<string>();
    return async (event) => {
      const name = JSON.stringify(event);
      const answer = { state: {}, batchItemFailures: [] as const };
      if (done.has(name)) return answer;
      done.add(name);
      return handler(event);
    };
  },
};

/** The violation found in each broken projector, and in the deployed one. */
export const exploreBroken = async (): Promise<Record<string, string>> => {
  const outcomes: Record<string, string> = {};
  for (const [name, makeHandler] of Object.entries({ ...BREAKS, nothing: DEPLOYED })) {
    // Only in this world does a container survive a failed invocation.
    const world = name === 'a success for every batch' ? 'leaps' : 'deleted-counter';
    const { violation } = await exploreWorld(findWorld(world), { makeHandler });
    outcomes[name] = violation ? violation.message : 'exact';
  }
  return outcomes;
};
