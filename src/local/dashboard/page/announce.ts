import type { AlarmStatus } from '../../cloudwatch/alarms/alarms.ts';
import { describeChanges } from './describe-changes.ts';
import { element, setText } from './element.ts';

/** Tells screen readers which alarms began or ended. */
export interface Announcer {
  readonly element: HTMLElement;
  readonly update: (alarms: readonly AlarmStatus[]) => void;
}

/** Says nothing about the states at the first update, and nothing about alarms that only lack data. */
export const createAnnouncer = (): Announcer => {
  const region = element('div', { className: 'hidden', role: 'status' });
  let before: ReadonlySet<string> | undefined;
  return {
    element: region,
    update: (alarms) => {
      const now = new Set(namesInAlarm(alarms));
      const text = before && describeChanges(before, now);
      if (text) setText(region, text);
      before = now;
    },
  };
};

const namesInAlarm = (alarms: readonly AlarmStatus[]): string[] =>
  alarms.filter(({ state }) => state === 'ALARM').map(({ definition }) => definition.name);
