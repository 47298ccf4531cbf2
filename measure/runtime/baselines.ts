import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleSource } from '../../infra/bundling/bundles.ts';
import type { DeployedFunction } from '../../proof/deployment/deployed-functions.ts';

/** A bundle without any import: what the runtime itself takes. */
export const EMPTY = 'an empty handler';

/** A bundle of the DynamoDB client alone, with which all others are compared. */
export const BARE = 'a bare GetItem';

const SOURCES: Readonly<Record<string, string>> = {
  [EMPTY]: 'export const handler = async () => null;',
  [BARE]: `
    import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
    const client = new DynamoDBClient({});
    const Key = { counter: { S: 'distinct_sessions' } };
    const TableName = process.env.COUNTS_TABLE;
    export const handler = async () => (await client.send(new GetItemCommand({ TableName, Key }))).Item;`,
};

/** Writes the baselines into `folder`, built as our functions are; they are deployed like `model`. */
export const writeBaselines = (
  folder: string,
  model: DeployedFunction,
): Promise<DeployedFunction[]> =>
  Promise.all(
    Object.entries(SOURCES).map(async ([name, source]) => {
      const place = join(folder, name.replaceAll(' ', '-'));
      mkdirSync(place);
      writeFileSync(join(place, 'index.mjs'), (await bundleSource(source)).text);
      return { ...model, name, folder: place };
    }),
  );
