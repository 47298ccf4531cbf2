import { expect, it } from 'vitest';
import { narrowingsOf } from '../../../proof/permissions/narrowings.ts';
import { parseStatement } from '../../../proof/permissions/statement.ts';

const allow = (Action: string | string[], Resource: string | string[], Condition?: object) =>
  parseStatement({ Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) } as never);

it('leaves out each action on each resource', () => {
  const narrowings = narrowingsOf([allow(['a', 'b'], ['r', 's']), allow('c', 't')]);
  expect(narrowings.map(({ lacks }) => lacks)).toEqual([
    ...['a on r', 'a on s', 'b on r', 'b on s', 'c on t'],
  ]);
  expect(narrowings[1]?.statements).toEqual([
    ...[allow('a', 'r'), allow('b', 'r'), allow('b', 's'), allow('c', 't')],
  ]);
});

it('leaves out each value of a condition that has several', () => {
  const condition = (...keys: string[]) => ({
    'ForAllValues:StringLike': { key: keys },
    Null: { key: 'false' },
  });
  const narrowings = narrowingsOf([allow(['a', 'b'], 'r', condition('x', 'y'))]).slice(2);
  expect(narrowings).toEqual([
    { lacks: 'key x for a, b', statements: [allow(['a', 'b'], 'r', condition('y'))] },
    { lacks: 'key y for a, b', statements: [allow(['a', 'b'], 'r', condition('x'))] },
  ]);
});

it.each([
  { Effect: 'Deny', Action: 'a', Resource: 'r' },
  { Effect: 'Allow', NotAction: 'a', Resource: 'r' },
  { Effect: 'Allow', Action: 'a', Resource: 'r', NotResource: 's' },
])('refuses a statement that it could not narrow: %o', (statement) => {
  expect(() => parseStatement(statement)).toThrow('A statement must allow actions on resources');
});
