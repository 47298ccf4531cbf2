import { expect, it } from 'vitest';
import { type FunctionName, readBundle } from '../../infra/bundles.ts';

// Every operation that reads or writes rows; PartiQL's can scan as well.
const OPERATIONS = [
  ...['BatchExecuteStatement', 'BatchGetItem', 'BatchWriteItem', 'DeleteItem', 'ExecuteStatement'],
  ...['ExecuteTransaction', 'GetItem', 'PutItem', 'Query', 'Scan', 'TransactGetItems'],
  ...['TransactWriteItems', 'UpdateItem'],
];

const operationsIn = (bundle: string): string[] =>
  OPERATIONS.filter((operation) => bundle.includes(`"${operation}"`));

it.each<{ name: FunctionName; sends: string[] }>([
  { name: 'ingest', sends: ['UpdateItem'] },
  { name: 'projector', sends: ['UpdateItem'] },
  { name: 'query', sends: ['GetItem', 'Query'] },
])('the deployed $name can send $sends and nothing else, so no Scan', async ({ name, sends }) => {
  expect(operationsIn(await readBundle(name))).toEqual(sends);
});
