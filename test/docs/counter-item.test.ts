import { readFileSync } from 'node:fs';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { expect, it } from 'vitest';
import { parseCounterItem } from '../../src/tables/counter-item.ts';
import { checkpoint } from '../support/counter-changes.ts';

// As the AWS CLI prints it, with binary values in base64.
const example = (): Record<string, AttributeValue> => {
  const [, json = ''] = /```json\n(.*?)```/s.exec(readFileSync('docs/exactness.md', 'utf8')) ?? [];
  return JSON.parse(json, (name, value) => (name === 'B' ? Buffer.from(value, 'base64') : value));
};

it('the counter item in docs/exactness.md says what the table below it says', () => {
  const at = Date.parse('2026-11-23T18:00:00Z') / 1_000;
  expect(parseCounterItem(unmarshall(example()))).toMatchObject({
    ...{ total: 1_240, removed: 2, updatedAt: '2026-11-23T18:00:00.000Z' },
    checkpoints: new Map([
      ['shardId-00000001795456800000-a1b2c3d4', checkpoint('300000000000000499659', at)],
    ]),
    startedByDay: new Map([
      ['2026-11-21', 400],
      ['2026-11-20', 280],
      ['2026-11-23', 210],
      ['2026-11-22', 350],
    ]),
    removedByDay: new Map([['2026-11-12', 2]]),
    startedByMonth: new Map([['2026-11', 1_240]]),
  });
});
