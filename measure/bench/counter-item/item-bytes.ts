import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
} from '@aws-sdk/lib-dynamodb';
import { COUNTER, DISTINCT_SESSIONS } from '../../../src/tables/schema.ts';
import type { MeterCapacity } from '../../capacity-meter.ts';

const KEY = { [COUNTER.name]: DISTINCT_SESSIONS };
const UNIT = 1_024;
const FILLER = 'f';

/** The size of an item in bytes. */
export interface ItemBytes {
  /** By the units that the DynamoDB at hand charges. */
  readonly charged: number;
  /** By the rules that AWS documents. */
  readonly documented: number;
}

/**
 * The size of the counter item. What is charged has steps of 1 KB, so text is added to the item until it costs
 * one unit more. The item is unchanged at the end.
 */
export const measureItemBytes = async (
  client: DynamoDBDocumentClient,
  meter: MeterCapacity,
  TableName: string,
): Promise<ItemBytes> => {
  const { Item = {} } = await client.send(new GetCommand({ TableName, Key: KEY }));
  const unitsWith = async (filler: number): Promise<number> => {
    const filled = { ...Item, [FILLER]: 'f'.repeat(filler) };
    // A write is charged for the item before it, if that is larger.
    await client.send(new DeleteCommand({ TableName, Key: KEY }));
    const put = new PutCommand({ TableName, Item: filled });
    return (await meter(() => client.send(put))).writeUnits;
  };
  const units = await unitsWith(0);
  let [fits, exceeds] = [0, UNIT];
  while (exceeds - fits > 1) {
    const middle = (fits + exceeds) >> 1;
    if ((await unitsWith(middle)) === units) fits = middle;
    else exceeds = middle;
  }
  await client.send(new PutCommand({ TableName, Item }));
  return { charged: units * UNIT - FILLER.length - fits, documented: documentedBytes(Item) };
};

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
const documentedBytes = (item: Readonly<Record<string, unknown>>): number =>
  Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + bytesOf(value),
    0,
  );

const bytesOf = (value: unknown): number => {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return bytesOfNumber(value);
  if (value instanceof Uint8Array) return value.length;
  if (typeof value === 'object' && value !== null) return bytesOfMap({ ...value });
  throw new TypeError(`The size of ${JSON.stringify(value)} is not known`);
};

// One byte for two significant digits, and one more.
const bytesOfNumber = (value: number): number => {
  const digits = String(Math.abs(value)).replace(/0+$/, '').length;
  return Math.ceil(digits / 2) + 1;
};

// Three bytes, and one for each pair.
const bytesOfMap = (map: Readonly<Record<string, unknown>>): number =>
  3 + Object.keys(map).length + documentedBytes(map);
