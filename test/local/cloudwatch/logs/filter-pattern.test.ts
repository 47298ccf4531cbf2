import { expect, it } from 'vitest';
import { parseFilterPattern } from '../../../../src/local/cloudwatch/logs/filter-pattern.ts';

const EVENT = {
  eventType: 'UpdateTrail',
  sourceIPAddress: '111.111.111.111',
  arrayKey: ['value', 'another value'],
  objectList: [
    { name: 'a', id: 1 },
    { name: 'b', id: 2 },
  ],
  SomeObject: null,
  ThisFlag: true,
};

const COMPOUND = {
  user: { id: 1, email: 'John.Stiles@example.com' },
  users: [
    { id: 2, email: 'John.Doe@example.com' },
    { id: 3, email: 'Jane.Doe@example.com' },
  ],
  actions: ['GET', 'PUT', 'DELETE'],
  coordinates: [
    [0, 1, 2],
    [4, 5, 6],
    [7, 8, 9],
  ],
};

const NUMBERS = {
  latency: 1_200,
  numbers: [500],
  processes: [0, 0, 0, 0, { averageRuntime: 55.5 }],
  errorCode: 400,
};

// The examples of https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/matching-terms-json-log-events.html, as in
// https://github.com/awsdocs/amazon-cloudwatch-logs-user-guide/blob/1487b9496d8366bf7039a1efbeeb3a0702b42c50/doc_source/FilterAndPatternSyntax.md
it.each([
  ['{ $.eventType = "UpdateTrail" }', EVENT, true],
  ['{ $.arrayKey[0] = "value" }', EVENT, true],
  ['{ $.objectList[1].id = 2 }', EVENT, true],
  ['{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }', COMPOUND, true],
  ['{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }', COMPOUND, false],
  [
    '{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch && $.actions[2] = nomatch }',
    COMPOUND,
    true,
  ],
  [
    '{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch) && $.actions[2] = nomatch }',
    COMPOUND,
    false,
  ],
  ['{ $.users = 1 }', { users: [1, 2, 3] }, false],
  ['{ $.users != 1 }', { users: [1, 2, 3] }, false],
  ['{ $.latency >= 500 }', NUMBERS, true],
  ['{ $.numbers[0] < 10e3 }', NUMBERS, true],
  ['{ $.numbers[0] < 10e-3 }', NUMBERS, false],
  ['{ $.processes[4].averageRuntime <= 55.5 }', NUMBERS, true],
  ['{ $.errorCode = 400 }', NUMBERS, true],
  ['{ $.errorCode != 500 }', NUMBERS, true],
  ['{ $.latency > +1000 }', NUMBERS, true],
])('matches as AWS documents: %s', (pattern, event, matches) => {
  expect(parseFilterPattern(pattern)(event)).toBe(matches);
});

it.each([
  ['{ $.status = "429" }', { status: '429' }, true],
  ['{ $.status = "429" }', { status: 429 }, false],
  ['{ $.status = 429 }', { status: '429' }, true],
  ['{ $.status = "429" }', { status: '428' }, false],
  ['{ $.status != "429" }', {}, false],
  ['{ $.status = "429" }', 'no object', false],
  ['{ $.latency > 5 }', { latency: '6' }, false],
])('evaluates %s for %j to %s', (pattern, event, matches) => {
  expect(parseFilterPattern(pattern)(event)).toBe(matches);
});

it.each([
  ['ERROR', 'has ERROR at position 1; expected {.'],
  ['{ $.sourceIPAddress != 123.123.* }', 'has `* }` at position 32'],
  ['{ $.SomeObject IS NULL }', 'has IS at position 16; expected one of =, !=, <, <=, >, >=.'],
  ['{ $.SomeOtherObject NOT EXISTS }', 'has NOT at position'],
  ['{ $.message = %error% }', 'has `%error% }` at position'],
  ['{ $.eventType = "Update*" }', 'has `"Update*" }` at position'],
  ['{ $.latency > "5" }', 'has "5" at position 15; expected a number.'],
  ['{ $.a = 1 } x', 'has x at position 13; expected the end.'],
  ['{ $.a = 1 "}"', 'has "}" at position 11; expected }.'],
  ['{ "a" = 1 }', 'expected a selector such as $.status.'],
  ['{ $.a = 1', 'has the end at position 10; expected }.'],
])('refuses %s, and says why', (pattern, problem) => {
  expect(() => parseFilterPattern(pattern)).toThrow(problem);
  expect(() => parseFilterPattern(pattern)).toThrow(pattern);
});
