import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { SessionCounterProps } from '../props/session-counter-props.ts';
import type { CounterSettings } from './counter-settings.ts';

/** The props of the construct that express these settings. */
export const settingsProps = (settings: CounterSettings): SessionCounterProps => ({
  name: settings.name,
  allowedOrigins: settings.allowedOrigins,
  counters: settings.counters,
  maxCounters: settings.maxCounters,
  watch: settings.watch,
  newSessionsPerHour: settings.newSessionsPerHour,
  activeWindow: Duration.minutes(settings.activeWindowMinutes),
  activeShards: settings.activeShards ?? undefined,
  touchInterval: Duration.seconds(settings.touchIntervalSeconds),
  activeReadUnitsPerSecond: settings.activeReadUnitsPerSecond,
  retention:
    settings.retentionDays === 'forever' ? 'forever' : Duration.days(settings.retentionDays),
  hashScheme: settings.hashScheme,
  filterAutomation: settings.filterAutomation,
  edgeRequired: settings.edgeRequired,
  legacyRoute: settings.legacyRoute,
  batchingWindow: Duration.seconds(settings.batchingWindowSeconds),
  throttle: { ratePerSecond: settings.ratePerSecond, burst: settings.burst },
  dualStack: settings.dualStack,
  disableDefaultEndpoint: !settings.defaultEndpoint,
  edge: settings.edge,
  edgeSecretVersion: settings.edgeSecretVersion ?? undefined,
  alarms: settings.alarms,
  dashboard: settings.dashboard,
  alarmEmail: settings.alarmEmail ?? undefined,
  digest: settings.digest,
  tableRemovalPolicy: settings.keepTables ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  runbookUrl: settings.runbookUrl ?? undefined,
});
