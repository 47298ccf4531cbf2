import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Put } from '../collector.ts';

const READS: ReadonlySet<string> = new Set([
  ...['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems'],
]);

const THROTTLES: ReadonlySet<string> = new Set([
  ...['ProvisionedThroughputExceededException', 'RequestLimitExceeded', 'ThrottlingException'],
]);

/**
 * Measures the requests of a client as DynamoDB does: the units that they consume, as DynamoDB reports them, and those
 * that it throttles, each attempt of its own. A failed request has no report, although a failed condition consumes
 * units, too.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
export const observeTables = (client: DynamoDBDocumentClient, put: Put): void => {
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const input = { ...args.input, ReturnConsumedCapacity: 'INDEXES' } as typeof args.input;
        const result = await next({ ...args, input });
        const { ConsumedCapacity: consumed } = result.output as Consuming;
        measureUnits(operationOf(commandName), [consumed ?? []].flat(), put);
        return result;
      },
    { step: 'initialize', name: 'observeUnits' },
  );
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        try {
          return await next(args);
        } catch (error) {
          if (isThrottle(error)) measureThrottle(operationOf(commandName), args.input, put);
          throw error;
        }
      },
    // After the middleware that retries, so that it sees each attempt.
    { step: 'finalizeRequest', priority: 'low', name: 'observeThrottles' },
  );
};

interface Consuming {
  readonly ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[];
}

const operationOf = (commandName: string): string => commandName.replace(/Command$/, '');

const isThrottle = (error: unknown): boolean => error instanceof Error && THROTTLES.has(error.name);

const measureUnits = (operation: string, consumed: readonly ConsumedCapacity[], put: Put): void => {
  const kind = READS.has(operation) ? 'Read' : 'Write';
  for (const { TableName = '', Table, GlobalSecondaryIndexes = {} } of consumed) {
    const measure = (units: number | undefined, index: Readonly<Record<string, string>>): void => {
      if (units)
        put(dynamoMetric(`Consumed${kind}CapacityUnits`, TableName, index), units, 'Count');
    };
    measure(Table?.CapacityUnits, {});
    for (const [name, { CapacityUnits }] of Object.entries(GlobalSecondaryIndexes)) {
      measure(CapacityUnits, { GlobalSecondaryIndexName: name });
    }
  }
};

const measureThrottle = (Operation: string, input: unknown, put: Put): void => {
  for (const table of tablesOf(input as Request)) {
    put(dynamoMetric('ThrottledRequests', table, { Operation }), 1, 'Count');
  }
};

interface Request {
  readonly TableName?: string;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly TransactItems?: readonly Readonly<Record<string, { readonly TableName?: string }>>[];
}

const tablesOf = ({ TableName, RequestItems = {}, TransactItems = [] }: Request): Set<string> => {
  const inTransaction = TransactItems.flatMap((item) => Object.values(item));
  const named = [{ TableName }, ...inTransaction].flatMap((one) => one.TableName ?? []);
  return new Set([...named, ...Object.keys(RequestItems)]);
};

const dynamoMetric = (name: string, TableName: string, more: Readonly<Record<string, string>>) => ({
  namespace: 'AWS/DynamoDB',
  name,
  dimensions: { TableName, ...more },
});
