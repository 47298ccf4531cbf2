import { browser } from '../../../support/browsers.ts';
import { useKeyStores } from '../../../support/fake-key-stores.ts';
import { visit } from '../../../support/local-counter.ts';
import type { ObservedCounter } from '../../../support/observed-counter.ts';
import type { AlarmCause } from './alarm-cause.ts';

const KEYS = { '/key': '' };

/** Causes of each alarm for visits that are not accepted and counts that are not served. */
export const SERVING_CAUSES: readonly AlarmCause[] = [
  {
    alarm: 'reporter-silent',
    what: 'the reporter cannot read the counts, and then it can',
    begin: async ({ dynamodb }) => void Object.assign(dynamodb, { deny: 'GetItem' }),
    end: async ({ dynamodb }) => void Object.assign(dynamodb, { deny: undefined }),
    reason: 'Missing: 5, which count as breaching.',
  },
  {
    alarm: 'api-errors',
    what: 'the tables throttle visits for a while',
    begin: async (counter) => {
      counter.dynamodb.trouble = 'throttling';
      await visitOften(counter, 5);
      counter.dynamodb.trouble = 'nothing';
    },
    end: async () => undefined,
    reason: '1 of 1 data points are >= 5; 1 would be an alarm. Values: 5.',
  },
  {
    alarm: 'api-errors',
    what: 'the hash key is too short, and then it is not',
    env: async () => {
      await useKeyStores(KEYS);
      KEYS['/key'] = 'short';
      return { HASH_KEY_PARAMETER: '/key' };
    },
    begin: (counter) => visitOften(counter, 5),
    end: async (counter) => {
      KEYS['/key'] = 'k'.repeat(32);
      await visitOften(counter, 5);
    },
    reason: '1 of 1 data points are >= 5; 1 would be an alarm. Values: 5.',
  },
  {
    alarm: 'requests-throttled',
    what: 'an address starts too many sessions for six minutes',
    env: async () => ({ NEW_SESSIONS_PER_HOUR: '1' }),
    begin: async (counter) => {
      await visitOften(counter, 11);
      await counter.passMinutes(6);
      await visitOften(counter, 11);
    },
    end: async () => undefined,
    reason: '2 of 3 data points are >= 10;',
  },
  {
    alarm: 'visits-unusual',
    what: 'visits arrive at over half of the rate limit for five minutes',
    begin: async (counter) => {
      for (let minute = 0; minute < 5; minute += 1) {
        await visitOften(counter, 31);
        await counter.passMinutes(1);
      }
    },
    end: async () => undefined,
    reason: '5 of 5 data points are > 30; 5 would be an alarm. Values: 31, 31, 31, 31, 31.',
  },
];

const visitOften = async ({ url }: ObservedCounter, times: number): Promise<void> => {
  const numbers = Array.from({ length: times }, (_, i) => i + 1);
  await Promise.all(numbers.map((number) => visit(url, { 'user-agent': browser(number) })));
};
