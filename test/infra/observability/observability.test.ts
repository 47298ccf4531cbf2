import { expect, it } from 'vitest';
import { addCounter, emptyStack, readTemplate, type Synthesis, synthesize } from '../synthesize.ts';

const dashboardOf = (synthesis: Synthesis): string =>
  synthesis.properties<{ DashboardBody: string }>('AWS::CloudWatch::Dashboard').DashboardBody;

const descriptionsOf = (synthesis: Synthesis): string[] =>
  Object.values(synthesis.ofType('AWS::CloudWatch::Alarm')).map(({ Properties }) =>
    String(Properties.AlarmDescription),
  );

it('has no alarm and no topic with alarms: false, and a dashboard that does not mention them', () => {
  const synthesis = synthesize({ alarms: false });
  expect(synthesis.ofType('AWS::CloudWatch::Alarm')).toEqual({});
  expect(synthesis.ofType('AWS::SNS::Topic')).toEqual({});
  expect(dashboardOf(synthesis)).not.toMatch(/alarm/i);
  expect(dashboardOf(synthesis)).toContain('[access log]');
  expect(dashboardOf(synthesize())).toMatch(/alarm/i);
});

it('has no dashboard with dashboard: false, and alarms that do not lead to one', () => {
  const synthesis = synthesize({ dashboard: false });
  expect(synthesis.ofType('AWS::CloudWatch::Dashboard')).toEqual({});
  const descriptions = descriptionsOf(synthesis);
  expect(descriptions).toHaveLength(descriptionsOf(synthesize()).length);
  for (const description of descriptions) expect(description).not.toMatch(/dashboard|http/);
  expect(synthesis.text).not.toContain('undefined');
});

it('links the alarms to a runbook without a dashboard, too', () => {
  const runbookUrl = 'https://wiki.example/counter';
  for (const description of descriptionsOf(synthesize({ dashboard: false, runbookUrl }))) {
    expect(description).toContain(` ${runbookUrl}#`);
  }
});

it('leaves nothing of both in the template when both are off', () => {
  const stack = emptyStack();
  const counter = addCounter(stack, { alarms: false, dashboard: false });
  const { text, outputs } = readTemplate(stack);
  expect(text).not.toMatch(/AWS::CloudWatch|AWS::SNS|console\.aws/);
  expect(Object.keys(outputs)).not.toContain('CounterDashboardUrl');
  expect(counter).toMatchObject({ alarms: [], alarmTopic: undefined, dashboard: undefined });
});

it('gives its alarms and its dashboard to the app', () => {
  const counter = addCounter(emptyStack());
  expect(counter.alarms).toHaveLength(descriptionsOf(synthesize()).length);
  expect(counter.alarms[0]?.node.path).toBe('S/Counter/Alarms/stream-mapping-down');
  expect(counter.dashboard?.node.path).toBe('S/Counter/Dashboard');
});
