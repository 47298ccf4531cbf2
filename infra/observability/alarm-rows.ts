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

/** The state of every alarm. */
export const alarmStates = (alarms: Alarm[]): IWidget[] => [
  new AlarmStatusWidget({ title: 'Alarms', width: COLUMNS, height: 4, alarms }),
];

/** What each alarm means and what to do, with links to the logs: enough without a runbook. */
export const whatToDo = (scope: Construct, sources: Sources): IWidget[] => {
  const alarms = listAlarms(sources);
  const rows = alarms.map((alarm) => `| **${alarm.name}** | ${alarm.why} | ${alarm.whatToDo} |`);
  return [
    new TextWidget({
      width: COLUMNS,
      height: 14,
      markdown: [
        '## When an alarm went off',
        '| alarm | what it means | what to do |',
        '| --- | --- | --- |',
        ...rows,
        '',
        `Logs: ${listLogs(scope, sources).join(' · ')}`,
      ].join('\n'),
    }),
  ];
};

const listLogs = (scope: Construct, { functions, accessLog }: Sources): string[] => {
  const link = (name: string, { logGroupName }: Pick<LogGroup, 'logGroupName'>) =>
    `[${name}](${consoleUrl(scope, `cloudwatch/home#logsV2:log-groups/log-group/${logGroupName}`)})`;
  return [
    ...listFunctions(functions).map(([name, { logGroup }]) => link(name, logGroup)),
    link('access log', accessLog),
  ];
};
