import {
  type Alarm,
  AlarmStatusWidget,
  type IWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { listFunctions } from '../functions.ts';
import { listAlarms } from './alarms.ts';
import { consoleUrl } from './console-url.ts';
import type { Sources } from './sources.ts';
import { COLUMNS } from './widgets.ts';

/** The state of every alarm, what each of them means, and what to do: enough without a runbook. */
export const alarmRows = (alarms: readonly Alarm[], sources: Sources): IWidget[] => [
  new AlarmStatusWidget({ title: 'Alarms', width: COLUMNS, height: 4, alarms: [...alarms] }),
  new TextWidget({ width: COLUMNS, height: 13, markdown: whatToDo(sources) }),
];

const whatToDo = (sources: Sources): string =>
  [
    '## When an alarm went off',
    '| alarm | what it means | what to do |',
    '| --- | --- | --- |',
    ...listAlarms(sources).map(
      ({ name, why, whatToDo: steps }) => `| **${name}** | ${why} | ${steps} |`,
    ),
  ].join('\n');

/** Links to the logs of the functions and of the API. */
export const logLinks = (scope: Construct, { functions, accessLog }: Sources): IWidget[] => {
  const link = (name: string, { logGroupName }: Pick<LogGroup, 'logGroupName'>) =>
    `[${name}](${consoleUrl(scope, `cloudwatch/home#logsV2:log-groups/log-group/${logGroupName}`)})`;
  const links = [
    ...listFunctions(functions).map(([name, { logGroup }]) => link(name, logGroup)),
    link('access log', accessLog),
  ];
  return [new TextWidget({ width: COLUMNS, height: 2, markdown: `Logs: ${links.join(' · ')}` })];
};
