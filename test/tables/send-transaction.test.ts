import { expect, it } from 'vitest';
import { sendTransaction, type Writes } from '../../src/tables/send-transaction.ts';
import { cancelTransaction, clientOf } from '../support/answering-dynamodb.ts';

const FAILED = 'ConditionalCheckFailed';
const CONFLICT = 'TransactionConflict';
const NONE = 'None';

const WRITES: Writes = ['a', 'b'].map((counter) => ({
  Put: { TableName: 'counts', Item: { counter } },
}));

/** Sends two writes to a DynamoDB that cancels them for these reasons, one pair for each attempt. */
const send = async (...cancellations: string[][]) => {
  let attempts = 0;
  const client = await clientOf(() => {
    const reasons = cancellations[attempts];
    attempts += 1;
    return reasons === undefined ? {} : cancelTransaction(reasons);
  });
  const outcome = await sendTransaction(client, WRITES).catch(({ name }) => name);
  return { outcome, attempts };
};

it.each([
  { reasons: [FAILED, NONE], outcome: [true, false] },
  { reasons: [NONE, FAILED], outcome: [false, true] },
  { reasons: [FAILED, FAILED], outcome: [true, true] },
  { reasons: [FAILED, CONFLICT], outcome: [true, false] },
])('is not sent again for $reasons', async ({ reasons, outcome }) => {
  expect(await send(reasons)).toEqual({ outcome, attempts: 1 });
});

it.each([
  { reasons: [CONFLICT, NONE] },
  { reasons: [NONE, CONFLICT] },
  { reasons: [CONFLICT, FAILED] },
])('is sent again for $reasons', async ({ reasons }) => {
  expect(await send(reasons, reasons)).toEqual({ outcome: [false, false], attempts: 3 });
});

it('throws for other reasons, and after too many conflicts', async () => {
  const outcome = 'TransactionCanceledException';
  expect(await send([NONE, 'ThrottlingError'])).toEqual({ outcome, attempts: 1 });
  expect(await send([])).toEqual({ outcome, attempts: 1 });
  const conflicts = Array.from({ length: 9 }, () => [NONE, CONFLICT]);
  expect(await send(...conflicts)).toEqual({ outcome, attempts: 6 });
});

it('has one token when the SDK repeats it, so that DynamoDB writes it once', async () => {
  const tokens: unknown[] = [];
  const client = await clientOf(({ ClientRequestToken }) => {
    tokens.push(ClientRequestToken);
    if (tokens.length === 1) throw Object.assign(new Error(), { name: 'ThrottlingException' });
    return {};
  });
  await sendTransaction(client, WRITES);
  expect(tokens).toEqual([expect.stringMatching(/./), tokens[0]]);
});
