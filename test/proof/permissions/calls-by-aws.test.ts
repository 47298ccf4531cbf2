import { expect, it } from 'vitest';
import { callsByAws } from '../../../proof/permissions/calls-by-aws.ts';
import { EXISTING } from '../../../proof/permissions/deployments.ts';

const STREAM = `arn:aws:dynamodb:eu-central-1:111122223333:table/${EXISTING.sessions.table}/stream/1`;

const actionsOf = (name: string, action?: string): string[] => {
  const resource = `arn:aws:dynamodb:eu-central-1:111122223333:table/${EXISTING.counts.table}`;
  const calls = action === undefined ? [] : [{ action, resource, context: {} }];
  return callsByAws({ name, logGroup: 'L' }, calls, STREAM).map(
    (call) => `${call.action} ${call.resource}`,
  );
};

const LOG =
  'arn:aws:logs:eu-central-1:111122223333:log-group:L:log-stream:2026/11/27/[$LATEST]a1b2c3';

it('are the writing of the log for every function', () => {
  expect(actionsOf('query')).toEqual([`logs:CreateLogStream ${LOG}`, `logs:PutLogEvents ${LOG}`]);
});

it('are the reading of the stream for the projector, with the key of its table', () => {
  expect(new Set(actionsOf('projector').slice(2))).toEqual(
    new Set([
      ...['DescribeStream', 'GetRecords', 'GetShardIterator'].map(
        (one) => `dynamodb:${one} ${STREAM}`,
      ),
      ...['Decrypt', 'DescribeKey'].map((one) => `kms:${one} ${EXISTING.sessions.key}`),
    ]),
  );
});

it.each([
  ['dynamodb:GetItem', 2],
  ['dynamodb:Scan', 2],
  ['dynamodb:UpdateItem', 7],
  ['dynamodb:PutItem', 7],
])('are, after %s on an encrypted table, %i actions on its key', (action, actions) => {
  const found = actionsOf('query', action).slice(2);
  expect(found).toHaveLength(actions);
  expect(found.every((one) => one.endsWith(EXISTING.counts.key))).toBe(true);
});

it.each([
  [EXISTING.topic.topicArn, ['Decrypt', 'GenerateDataKey']],
  ['arn:aws:sns:eu-central-1:111122223333:other', []],
])('are, after sns:Publish to %s, the actions %j on the key of the topic', (resource, actions) => {
  const published = [{ action: 'sns:Publish', resource, context: {} }];
  const calls = callsByAws({ name: 'digest', logGroup: 'L' }, published, STREAM).slice(2);
  expect(calls.map((call) => `${call.action} ${call.resource}`)).toEqual(
    actions.map((one) => `kms:${one} ${EXISTING.topic.keyArn}`),
  );
});
