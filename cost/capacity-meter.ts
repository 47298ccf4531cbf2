import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Capacity units by table, those of its indexes included. */
export type UnitsByTable = ReadonlyMap<string, number>;

/** Runs some work and tells which capacity units it took. Not for two works at once. */
export type MeterCapacity = (work: () => Promise<unknown>) => Promise<UnitsByTable>;

/** Lets every later request of `client` report what it takes, as DynamoDB reckons it. */
export const createCapacityMeter = (client: DynamoDBDocumentClient): MeterCapacity => {
  const units = new Map<string, number>();
  client.middlewareStack.add(
    (next) => async (args) => {
      const input = { ...args.input, ReturnConsumedCapacity: 'INDEXES' as const };
      const result = await next({ ...args, input });
      addUnits(units, (result.output as { ConsumedCapacity?: ConsumedCapacity }).ConsumedCapacity);
      return result;
    },
    { step: 'initialize', name: 'capacityMeter' },
  );
  return async (work) => {
    units.clear();
    await work();
    return new Map(units);
  };
};

const addUnits = (units: Map<string, number>, consumed: ConsumedCapacity | undefined): void => {
  if (!consumed?.TableName) return;
  const { TableName, CapacityUnits = 0 } = consumed;
  units.set(TableName, (units.get(TableName) ?? 0) + CapacityUnits);
};

/** All units of all tables. */
export const sumUnits = (units: UnitsByTable): number =>
  [...units.values()].reduce((sum, taken) => sum + taken, 0);
