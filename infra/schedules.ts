import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { Functions } from './functions.ts';

/**
 * Calls the reporter every minute and the audit on its schedule. Neither is retried: the reporter runs
 * again a minute later, and another audit would read every row again, which is left to the person whom
 * the alarm notifies.
 */
export const addSchedules = (
  scope: Construct,
  { reporter, audit }: Pick<Functions, 'reporter' | 'audit'>,
  auditSchedule: Schedule,
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
};
