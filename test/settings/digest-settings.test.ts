import { expect, it } from 'vitest';
import { readDigestSettings } from '../../src/settings/digest-settings.ts';

const ENV = {
  ...{ SESSIONS_TABLE: 'rows', COUNTS_TABLE: 'counts', COUNTER_NAME: 'page', DIGEST: 'monthly' },
  ...{ DIGEST_TOPIC: 'arn:aws:sns:eu-central-1:123456789012:t', DIGEST_API_ID: 'abc' },
  DIGEST_FUNCTIONS: 'S-ingest-Ab1:512, S-audit-Cd2:1024',
};

it('reads the settings of the digest', () => {
  expect(readDigestSettings(ENV)).toEqual({
    ...{ sessionsTable: 'rows', countsTable: 'counts', watchedCounters: ['site'] },
    ...{ counterName: 'page', rhythm: 'monthly', topicArn: ENV.DIGEST_TOPIC, apiId: 'abc' },
    functions: [
      { name: 'S-ingest-Ab1', megabytes: 512 },
      { name: 'S-audit-Cd2', megabytes: 1_024 },
    ],
  });
});

it.each([
  { name: 'COUNTER_NAME', text: undefined },
  { name: 'DIGEST', text: 'off' },
  { name: 'DIGEST_TOPIC', text: ' ' },
  { name: 'DIGEST_API_ID', text: undefined },
  ...[undefined, 'ingest', 'ingest:', 'ingest:12,', 'in gest:512', 'ingest:512;'].map((text) => ({
    ...{ name: 'DIGEST_FUNCTIONS', text },
  })),
])('refuses $text as $name', ({ name, text }) => {
  expect(() => readDigestSettings({ ...ENV, [name]: text })).toThrow(name);
});
