import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { lambdaMetric } from '../../../../src/local/observation/adapters/observe-function.ts';
import { browser } from '../../../support/browsers.ts';
import { untilCounts, visit } from '../../../support/local-counter.ts';
import type { ObservedCounter } from '../../../support/observed-counter.ts';
import type { AlarmCause } from './alarm-cause.ts';
import { addCheckpoints, addToTotal, removeCheckpoints } from './planted-item.ts';

// About 35 bytes each.
const MANY_SHARDS = 4_000;

/** A cause of each alarm for accepted visits that are not counted, and for audits that do not check the count. */
export const COUNTING_CAUSES: readonly AlarmCause[] = [
  {
    alarm: 'stream-mapping-down',
    what: 'the event source mapping is disabled, and enabled again',
    begin: ({ eventSource }) => eventSource.disable(),
    end: async ({ eventSource }) => eventSource.enable(),
    reason: '8 of 10 data points are >= 1;',
  },
  {
    alarm: 'stream-behind',
    what: 'the projector fails, and then counts what has waited',
    begin: async (counter) => {
      const { dynamodb, tables, url } = counter;
      await countVisit(counter, 1);
      dynamodb.denyWritesTo = tables.COUNTS_TABLE;
      await visit(url, { 'user-agent': browser(2) });
    },
    end: async (counter) => {
      counter.dynamodb.denyWritesTo = undefined;
      await untilCounts(counter.url, 2, 2);
      // In a later period than the old record, whose age is the maximum of its period.
      await counter.passMinutes(6);
      await countVisit(counter, 3);
    },
    reason: '1 of 1 data points are >= 600000;',
  },
  {
    alarm: 'projector-throttled',
    what: 'Lambda throttles the projector for six minutes',
    begin: async ({ observation, passMinutes }) => {
      for (let minute = 0; minute < 6; minute += 1) {
        // Nothing limits concurrency here. On AWS, Lambda counts each call that it throttles.
        observation.collector.put(lambdaMetric('Throttles', 'projector'), 1, 'Count');
        await passMinutes(1);
      }
    },
    end: async () => undefined,
    reason: '2 of 3 data points are >= 1;',
  },
  {
    alarm: 'counter-drift',
    what: 'the total has a session that no row has, until the audit of the next day finds it corrected',
    begin: async (counter) => {
      await countVisit(counter, 1);
      await addToTotal(counter, 1);
      // The first audit runs in half an hour.
      await counter.passHours(0.5);
    },
    end: async (counter) => {
      await addToTotal(counter, -1);
      await counter.passHours(24);
    },
    reason: '1 of 1 data points are >= 1; 1 would be an alarm. Values: 1.',
  },
  {
    alarm: 'counter-crowded',
    what: 'the counter item holds the checkpoints of thousands of shards, and then of few',
    begin: async (counter) => {
      await countVisit(counter, 1);
      await addCheckpoints(counter, MANY_SHARDS);
    },
    end: (counter) => removeCheckpoints(counter, MANY_SHARDS),
    reason: '1 of 1 data points are >= 102400;',
  },
  {
    alarm: 'audit-missing',
    what: 'the audits of two days cannot read the rows, and that of the third day can',
    begin: async (counter) => {
      await countVisit(counter, 1);
      counter.dynamodb.deny = 'Scan';
      await counter.passHours(26);
    },
    end: async ({ dynamodb, passHours }) => {
      dynamodb.deny = undefined;
      await passHours(24);
    },
    reason: '12 of 12 data points are >= 1;',
  },
  {
    alarm: 'audit-failed',
    what: 'an audit with a schedule of its own cannot read the rows, and the next one can',
    props: { auditSchedule: Schedule.rate(Duration.minutes(10)) },
    begin: async ({ dynamodb }) => void Object.assign(dynamodb, { deny: 'Scan' }),
    end: async ({ dynamodb }) => void Object.assign(dynamodb, { deny: undefined }),
    reason: '1 of 1 data points are >= 1;',
  },
];

const countVisit = async (counter: ObservedCounter, number: number): Promise<void> => {
  await visit(counter.url, { 'user-agent': browser(number) });
  await untilCounts(counter.url, number, number);
};
