import type { CounterSettings } from '../settings/counter-settings.ts';

// 128 plus the number of a signal.
const isInterrupted = (code: number): boolean => code > 128;

/** What to tell the user after `cdk deploy` exited with `code`. */
export const describeEnd = (code: number, settings: CounterSettings, file: string): string[] => {
  if (isInterrupted(code)) {
    return [
      'Interrupted. CloudFormation finishes or rolls back what it has started; look at the stack ' +
        `${settings.name} in its console before you deploy again.`,
    ];
  }
  if (code !== 0) return [];
  if (!settings.alarms) return [`There are no alarms: alarms is false in ${file}.`];
  return settings.alarmEmail === null
    ? [`Alarms notify nobody: set alarmEmail in ${file}, and deploy again.`]
    : [`Alarms go to ${settings.alarmEmail}, once the link in the e-mail from AWS is confirmed.`];
};
