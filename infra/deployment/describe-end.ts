import type { CounterSettings } from '../settings/counter-settings.ts';

// 128 and the number of a signal.
const isInterrupted = (code: number): boolean => code > 128;

/** What a reader should know after `cdk deploy` has ended with `code`. */
export const describeEnd = (code: number, settings: CounterSettings, file: string): string[] => {
  if (isInterrupted(code)) {
    return [
      'Interrupted. What CloudFormation has begun, it ends or takes back by itself; see it in its ' +
        `console (the stack ${settings.name}) before you deploy again.`,
    ];
  }
  if (code !== 0) return [];
  return settings.alarmEmail === null
    ? [`Nobody is told of alarms: set alarmEmail in ${file}, and deploy again.`]
    : [
        `Alarms are told to ${settings.alarmEmail}, once the link in the e-mail from AWS is confirmed.`,
      ];
};
