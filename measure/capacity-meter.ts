import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** The capacity some work consumed according to DynamoDB; indexes count towards their table. */
export interface Consumption {
  /** Each page of a Query or a Scan is one. */
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly unitsByTable: ReadonlyMap<string, number>;
  /** How many of all units were for indexes. */
  readonly indexUnits: number;
}

/** Runs some work and returns what it consumed. Not for concurrent work. */
export type MeterCapacity = (work: () => Promise<unknown>) => Promise<Consumption>;

/** Makes every later request of `client` report its consumed capacity. */
export const createCapacityMeter = (client: DynamoDBDocumentClient): MeterCapacity => {
  let taken = nothing();
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const input = { ...args.input, ReturnConsumedCapacity: 'INDEXES' as const };
        const result = await next({ ...args, input });
        addRequest(taken, commandName, (result.output as Answer).ConsumedCapacity);
        return result;
      },
    { step: 'initialize', name: 'capacityMeter' },
  );
  return async (work) => {
    taken = nothing();
    await work();
    const consumption = taken;
    taken = nothing();
    return consumption;
  };
};

const nothing = () => ({
  ...{ requests: 0, readUnits: 0, writeUnits: 0, indexUnits: 0 },
  unitsByTable: new Map<string, number>(),
});

/** A batch reports the capacity of each of its tables. */
interface Answer {
  readonly ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[];
}

const READS = /^(Get|BatchGet|Query|Scan)/;

const addRequest = (
  taken: ReturnType<typeof nothing>,
  commandName: string,
  consumed: Answer['ConsumedCapacity'] = [],
): void => {
  taken.requests += 1;
  for (const capacity of [consumed].flat()) addCapacity(taken, commandName, capacity);
};

const addCapacity = (
  taken: ReturnType<typeof nothing>,
  commandName: string,
  { TableName = '', CapacityUnits = 0, GlobalSecondaryIndexes = {} }: ConsumedCapacity,
): void => {
  for (const index of Object.values(GlobalSecondaryIndexes)) {
    taken.indexUnits += index.CapacityUnits ?? 0;
  }
  taken[READS.test(commandName) ? 'readUnits' : 'writeUnits'] += CapacityUnits;
  taken.unitsByTable.set(TableName, (taken.unitsByTable.get(TableName) ?? 0) + CapacityUnits);
};
