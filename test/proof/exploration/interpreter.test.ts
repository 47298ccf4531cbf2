import { describe, expect, it } from 'vitest';
import { answerRequest } from '../../../proof/exploration/dynamodb/answer-request.ts';
import type { Item } from '../../../proof/exploration/dynamodb/attribute-value.ts';

const KEY = { counter: { S: 'distinct_sessions' } };
const NAMES = { '#total': 'total', '#text': 'text', '#gone': 'gone', '#map': 'map' };
const VALUES = { ':one': { N: '1' }, ':ten': { N: '10' }, ':text': { S: 'b' } };
const ITEM: Item = {
  ...{ ...KEY, map: { M: { text: { S: 'b' } } } },
  ...{ text: { S: 'b' }, total: { N: '9' } },
};

/** Only the used placeholders: a request with unused ones is refused. */
const bind = (text: string) => {
  const used = <Bound>(all: Record<string, Bound>) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => text.includes(name)));
  return { ExpressionAttributeNames: used(NAMES), ExpressionAttributeValues: used(VALUES) };
};

const update = (expression: string, condition = 'attribute_exists(#text)', more: object = {}) =>
  answerRequest(
    {
      operation: 'UpdateItem',
      input: {
        ...{ TableName: 'counts', Key: KEY, UpdateExpression: expression },
        ...{ ConditionExpression: condition, ...bind(`${expression} ${condition}`), ...more },
      },
    },
    ITEM,
  );

const holds = (condition: string): boolean =>
  'output' in update('REMOVE #gone', `attribute_not_exists(#gone) AND (${condition})`).reply;

describe("the explorer's DynamoDB", () => {
  it.each([
    ['#total = :one', false],
    ['#total < :ten', true],
    ['#total <= :one', false],
    ['#total > :ten', false],
    ['#total >= :one', true],
    ['#total <> :one', true],
    ['#text = :text', true],
    ['#text < :ten', false],
    ['#text > :ten', false],
    ['#gone = :one', false],
    ['#gone < :one', false],
    ['#gone <> :one', true],
    ['attribute_exists(#gone)', false],
    ['NOT attribute_exists(#gone)', true],
    ['NOT #total = :one AND #total = :ten', false],
    ['#text = :text OR #total = :one AND #total = :ten', true],
    ['(#text = :text OR #total = :one) AND #total = :ten', false],
    ['#text = :text or not #gone = :one', true],
    ['#map.#text = :text', true],
    ['#map.#text <> :text', false],
    ['#map.#gone <> :text', true],
    ['#gone.#text <> :text', true],
    ['#total.#text <> :text', true],
  ])('finds that %s is %s', (condition, expected) => {
    expect(holds(condition)).toBe(expected);
  });

  it.each([
    ['ADD #total :one', { total: { N: '10' } }],
    ['ADD #gone :one', { gone: { N: '1' } }],
    ['SET #text = :one', { text: { N: '1' } }],
    [
      'SET #gone = #total + :one, #total = #total - :ten',
      { gone: { N: '10' }, total: { N: '-1' } },
    ],
    ['SET #total = if_not_exists(#gone, :ten)', { total: { N: '10' } }],
    ['SET #gone = if_not_exists(#total, :ten)', { gone: { N: '9' } }],
    ['SET #total = #text SET_', undefined],
    ['REMOVE #gone ADD #total :one SET #text = :ten', { total: { N: '10' }, text: { N: '10' } }],
  ])('evaluates %s as DynamoDB does', (expression, changed) => {
    if (changed) expect(update(expression).item).toEqual({ ...ITEM, ...changed });
    else expect(() => update(expression)).toThrow('Unknown syntax');
  });

  it('returns the whole item before the change to a request that asks for it', () => {
    const asking = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
    expect(update('REMOVE #total', '#total = :ten', asking)).toEqual({
      item: ITEM,
      reply: { conditionFailedOn: ITEM },
    });
    expect(update('REMOVE #total', '#total = :ten').reply).toEqual({
      conditionFailedOn: undefined,
    });
    const { total, ...left } = ITEM;
    expect(update('REMOVE #total', '#total <> :ten', { ReturnValues: 'ALL_NEW' })).toEqual({
      item: left,
      reply: { output: { Attributes: left } },
    });
  });

  it.each([
    ['a clause that occurs twice', () => update('ADD #total :one ADD #gone :one')],
    ['an attribute that is changed twice', () => update('ADD #total :one REMOVE #total')],
    ['an attribute without a placeholder', () => update('REMOVE total')],
    ['an unknown function', () => update('REMOVE #gone', 'size(#text) > :one')],
    ['BETWEEN', () => update('REMOVE #gone', '#total BETWEEN :one AND :ten')],
    ['an unclosed parenthesis', () => update('REMOVE #gone', '(#total = :one')],
    ['characters that form no token', () => update('REMOVE #gone', '#total = :one; #text = :text')],
    ['a sum with text', () => update('ADD #text :one')],
    ['a missing operand', () => update('SET #total = #gone + :one')],
    [
      'a change of the key',
      () =>
        update('SET #key = :text', undefined, {
          ExpressionAttributeNames: { '#key': 'counter', '#text': 'text' },
        }),
    ],
    [
      'an unused placeholder',
      () => update('REMOVE #gone', undefined, { ExpressionAttributeValues: VALUES }),
    ],
    ['an undefined placeholder', () => update('REMOVE #gone', '#total = :none')],
    [
      'an unknown field',
      () => update('REMOVE #gone', undefined, { ReturnConsumedCapacity: 'TOTAL' }),
    ],
    [
      'unknown return values',
      () => update('REMOVE #gone', undefined, { ReturnValues: 'UPDATED_NEW' }),
    ],
    ['an expression above 4 KB', () => update(`REMOVE #gone${' '.repeat(4096)}`)],
    ['an unknown operation', () => answerRequest({ operation: 'Query', input: {} }, ITEM)],
  ])('fails on %s instead of guessing', (_, request) => {
    expect(request).toThrow(expect.objectContaining({ name: 'UnknownExpressionError' }));
  });
});
