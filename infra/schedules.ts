import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { Functions } from './functions.ts';

/**
 * Calls the reporter every minute and the audit by its schedule. Neither is called again after a
 * failure: the reporter's next minute comes anyway, and another audit would read every row again,
 * which is for a person to decide who was told by the alarm.
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
    description: 'Reports the counts',
    schedule: Schedule.rate(Duration.minutes(1)),
    targets: [new LambdaFunction(reporter, once)],
  });
  new Rule(scope, 'AuditTime', {
    description: 'Compares the rows with the counter',
    schedule: auditSchedule,
    targets: [new LambdaFunction(audit)],
  });
};
