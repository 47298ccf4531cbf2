import { beforeAll, describe, expect, it } from 'vitest';
import { ACTIVE_SHARDS_TYPE } from '../../../infra/active-shards-type.ts';
import type { CounterSettings, SettingName } from '../../../infra/settings/counter-settings.ts';
import { DEFAULTS, SETTING_NAMES } from '../../../infra/settings/counter-settings.ts';
import { formatRecord, RECORD, readRecord } from '../../../infra/settings/recorded-settings.ts';
import { counterTemplate } from '../deployment/use-deployment.ts';

// The first template of a process is slow.
beforeAll(() => void counterTemplate(), 120_000);

const CHANGED: CounterSettings = {
  name: 'blog',
  allowedOrigins: ['https://a.example', 'https://b.example'],
  counters: ['about', 'blog/*'],
  maxCounters: 20,
  watch: ['site', 'about'],
  newSessionsPerHour: 0,
  activeWindowMinutes: 30,
  activeShards: 8,
  touchIntervalSeconds: 5,
  activeReadUnitsPerSecond: 6,
  retentionDays: 'forever',
  hashScheme: 'sha256',
  filterAutomation: false,
  edgeRequired: true,
  legacyRoute: true,
  batchingWindowSeconds: 60,
  ratePerSecond: 7,
  burst: 9,
  dualStack: false,
  domainName: 'count.example.com',
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/c',
  hostedZoneId: 'Z1',
  defaultEndpoint: false,
  edge: false,
  edgeSecretVersion: null,
  alarms: true,
  dashboard: false,
  alarmEmail: 'me@example.com',
  digest: 'monthly',
  keepTables: false,
  sessionsTableStream: null,
  countsTable: null,
  runbookUrl: 'https://wiki.example/counter',
};

const RESTORED = {
  ...DEFAULTS,
  name: 'restored',
  sessionsTableStream:
    'arn:aws:dynamodb:eu-central-1:123456789012:table/sessions-restored/stream/2026-11-27T12:00:00.000',
  countsTable: 'counts-restored',
};

const AT_THE_EDGE = {
  ...DEFAULTS,
  name: 'edge',
  domainName: 'count.example.com',
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/c',
  edge: true,
  edgeSecretVersion: '0c1b3d5e-1111-2222-3333-444455556666',
  edgeRequired: false,
};

const WITHOUT_ALARMS = { ...DEFAULTS, name: 'quiet', alarms: false };

it.each([DEFAULTS, CHANGED, RESTORED, WITHOUT_ALARMS, AT_THE_EDGE])(
  'are recorded in the template: $name',
  (settings) => {
    expect(readRecord(counterTemplate(settings))).toEqual(settings);
  },
);

it.each([DEFAULTS, CHANGED, RESTORED, WITHOUT_ALARMS, AT_THE_EDGE])(
  'are derived from a template without a record: $name',
  (settings) => {
    const template = counterTemplate(settings);
    delete template.Metadata;
    expect(readRecord(template)).toEqual(settings);
  },
);

it('are derived from the resources as far as an older version did not record them', () => {
  const template = counterTemplate(CHANGED);
  const { legacyRoute, burst, ...older } = CHANGED;
  template.Metadata = {
    [RECORD]: formatRecord({ ...older, alarmEmail: 'recorded@example.com' } as CounterSettings),
  };
  expect(readRecord(template)).toEqual({ ...CHANGED, alarmEmail: 'recorded@example.com' });
});

it('show that the API of an older version has no addresses of IPv6', () => {
  const template = counterTemplate();
  delete template.Metadata;
  for (const { Properties } of Object.values(template.Resources)) delete Properties?.IpAddressType;
  expect(readRecord(template)).toEqual({ ...DEFAULTS, dualStack: false });
});

describe('the partitions of the index', () => {
  // As a version wrote it whose default was four, and which had no resource for them.
  const earlierTemplate = (activeShards: number, { isRecorded = true } = {}) => {
    const template = counterTemplate({ activeShards });
    for (const [id, { Type }] of Object.entries(template.Resources)) {
      if (Type === ACTIVE_SHARDS_TYPE) delete template.Resources[id];
    }
    if (!isRecorded) delete template.Metadata;
    return template;
  };

  it.each([true, false])(
    'were not set if an earlier version has its default (recorded: %s)',
    (isRecorded) => {
      expect(readRecord(earlierTemplate(4, { isRecorded })).activeShards).toBeNull();
      expect(readRecord(earlierTemplate(8, { isRecorded })).activeShards).toBe(8);
    },
  );

  it('were set if this version recorded a number, whatever follows from the throttle', () => {
    for (const activeShards of [1, 4]) {
      expect(readRecord(counterTemplate({ activeShards })).activeShards).toBe(activeShards);
    }
  });

  it('were not set if they are those that follow from the throttle', () => {
    const template = counterTemplate({ ratePerSecond: 661 });
    delete template.Metadata;
    expect(readRecord(template)).toEqual({ ...DEFAULTS, ratePerSecond: 661 });
  });
});

const DOMAIN = { domainName: CHANGED.domainName, certificateArn: CHANGED.certificateArn };

// What else a setting needs.
const NEEDED: Partial<Record<string, Partial<CounterSettings>>> = {
  watch: { counters: CHANGED.counters },
  digest: { alarmEmail: CHANGED.alarmEmail },
  hostedZoneId: DOMAIN,
  defaultEndpoint: DOMAIN,
  edgeSecretVersion: { edge: true },
  edgeRequired: { edge: true },
};

// Some settings change nothing alone, and CHANGED has no edge, because its API has no address of AWS.
const SET_TOGETHER: Partial<Record<SettingName, Partial<CounterSettings>>> = {
  sessionsTableStream: RESTORED,
  countsTable: RESTORED,
  domainName: DOMAIN,
  certificateArn: DOMAIN,
  edge: { edge: true },
  edgeSecretVersion: { edgeSecretVersion: AT_THE_EDGE.edgeSecretVersion },
  edgeRequired: { edgeRequired: false },
};

// CHANGED cannot turn them off, because it has an e-mail address.
const ALARMS_OFF: Partial<Record<string, Partial<CounterSettings>>> = { alarms: { alarms: false } };

// CloudFormation updates the record only together with a resource.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/metadata-section-structure.html
it.each(SETTING_NAMES)(
  'change a resource, without which CloudFormation does not update the record: %s',
  (name) => {
    const needed = NEEDED[name] ?? {};
    const { Resources } = counterTemplate({
      ...needed,
      [name]: CHANGED[name],
      ...ALARMS_OFF[name],
      ...SET_TOGETHER[name],
    });
    expect(Resources).not.toEqual(counterTemplate(needed).Resources);
  },
);
