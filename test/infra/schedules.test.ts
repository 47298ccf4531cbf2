import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { beforeAll, expect, it } from 'vitest';
import { type Synthesis, synthesize } from './synthesize.ts';

const RULE = 'AWS::Events::Rule';
let synthesis: Synthesis;

beforeAll(() => {
  synthesis = synthesize();
});

it('calls the reporter every minute and drops a call that is late', () => {
  expect(synthesis.properties(RULE, 'EveryMinute')).toMatchObject({
    ScheduleExpression: 'rate(1 minute)',
    State: 'ENABLED',
    Targets: [
      {
        Arn: 'Functions/reporter/Function.Arn',
        RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 },
      },
    ],
  });
});

it('calls the audit every day at 06:30 UTC', () => {
  expect(synthesis.properties(RULE, 'AuditTime')).toMatchObject({
    ScheduleExpression: 'cron(30 6 * * ? *)',
    State: 'ENABLED',
    Targets: [{ Arn: 'Functions/audit/Function.Arn' }],
  });
});

it('calls the audit on a given schedule', () => {
  const weekly = synthesize({ auditSchedule: Schedule.rate(Duration.days(7)) });
  expect(weekly.properties(RULE, 'AuditTime').ScheduleExpression).toBe('rate(7 days)');
});

it('retries neither after a failure', () => {
  const retries = Object.values(synthesis.ofType('AWS::Lambda::EventInvokeConfig'));
  expect(retries.map(({ Properties }) => Properties)).toEqual([
    expect.objectContaining({
      FunctionName: 'Functions/reporter/Function',
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 60,
    }),
    expect.objectContaining({ FunctionName: 'Functions/audit/Function', MaximumRetryAttempts: 0 }),
  ]);
});
