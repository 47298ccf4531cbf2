import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
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

/** A projector whose records are changed before it counts them. */
const receiving =
  (change: (records: readonly DynamoDBRecord[]) => readonly DynamoDBRecord[]): MakeHandler =>
  (client) => {
    const handler = DEPLOYED(client);
    return (event) => handler({ ...event, Records: change(event.Records ?? []) });
  };

const counterOf = ({ dynamodb: { NewImage, OldImage } = {} }: DynamoDBRecord) =>
  (NewImage ?? OldImage)?.counter_name?.S;

const withoutCounter = (record: DynamoDBRecord): DynamoDBRecord => {
  const { OldImage: { counter_name: _, ...OldImage } = {}, ...rest } = record.dynamodb ?? {};
  return { ...record, dynamodb: { ...rest, OldImage } };
};

const COUNTER_BREAKS: Readonly<Record<string, MakeHandler>> = {
  'only the first counter of a batch': receiving(([first, ...rest]) =>
    first ? [first, ...rest.filter((record) => counterOf(record) === counterOf(first))] : [],
  ),
  'a removal in another counter': receiving((records) =>
    records.map((record) => (record.eventName === 'REMOVE' ? withoutCounter(record) : record)),
  ),
  'one item for two counters': changing((input) => ({
    ...input,
    Key: { counter: 'distinct_sessions' },
  })),
};

/** The violation found in each broken projector, and in the deployed one. */
export const exploreBroken = async (): Promise<Record<string, string>> => {
  const outcomes: Record<string, string> = {};
  const tryAll = async (breaks: Readonly<Record<string, MakeHandler>>, world: string) => {
    for (const [name, makeHandler] of Object.entries(breaks)) {
      // Only in this world does a container survive a failed invocation.
      const chosen = name === 'a success for every batch' ? 'leaps' : world;
      const { violation } = await exploreWorld(findWorld(chosen), { makeHandler });
      outcomes[name] = violation ? violation.message : 'exact';
    }
  };
  await tryAll({ ...BREAKS, nothing: DEPLOYED }, 'deleted-counter');
  await tryAll(COUNTER_BREAKS, 'two-counters');
  return outcomes;
};
