import { Duration } from 'aws-cdk-lib';
import { type CronOptions, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { DigestRhythm } from '../src/settings/allowed-values.ts';
import type { Functions } from './functions.ts';
import type { ResolvedProps } from './props/resolve-props.ts';

/**
 * Calls the reporter every minute, the audit on its schedule, and the digest, if there is one, after the week or month
 * that it is about. The first two are not retried: the reporter runs again a minute later, and another audit would
 * read every row again, which is left to the person whom the alarm notifies. The digest is cheap, and Lambda retries it
 * twice.
 */
export const addSchedules = (
  scope: Construct,
  { reporter, audit, digest }: Pick<Functions, 'reporter' | 'audit' | 'digest'>,
  { auditSchedule, digest: rhythm }: Pick<ResolvedProps, 'auditSchedule' | 'digest'>,
): void => {
  const once = { retryAttempts: 0, maxEventAge: Duration.minutes(1) };
  reporter.configureAsyncInvoke(once);
  audit.configureAsyncInvoke({ retryAttempts: 0 });
  new Rule(scope, 'EveryMinute', {
    description: 'Emits the counts as metrics',
    schedule: Schedule.rate(Duration.minutes(1)),
    targets: [new LambdaFunction(reporter, once)],
  });
  new Rule(scope, 'AuditTime', {
    description: 'Compares the rows with the counter',
    schedule: auditSchedule,
    targets: [new LambdaFunction(audit)],
  });
  if (!(digest && rhythm)) return;
  new Rule(scope, 'DigestTime', {
    description: 'Sends the digest',
    schedule: Schedule.cron(DIGEST_TIMES[rhythm]),
    targets: [new LambdaFunction(digest)],
  });
};

// After the daily audit, which takes at most 15 minutes from 06:30.
const DIGEST_TIMES: Readonly<Record<DigestRhythm, CronOptions>> = {
  weekly: { weekDay: 'MON', hour: '7', minute: '0' },
  monthly: { day: '1', hour: '7', minute: '0' },
};
