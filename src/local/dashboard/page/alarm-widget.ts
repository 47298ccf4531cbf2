import type { AlarmStatus } from '../../cloudwatch/alarms/alarms.ts';
import { type AlarmEntry, createAlarmEntry } from './alarm-entry.ts';
import { element, setText } from './element.ts';
import type { WidgetOfKind } from './widget-of-kind.ts';
import type { WidgetView } from './widget-view.ts';

/** The states of some alarms, each with why it has it, its history and what to do. */
export const createAlarmWidget = (): WidgetView<WidgetOfKind<'alarm'>> => {
  const title = element('h3');
  const list = element('ul', { className: 'alarms' });
  let entries = new Map<string, AlarmEntry>();
  return {
    element: element('section', { className: 'widget alarm' }, title, list),
    update: (widget, { changes }) => {
      setText(title, widget.title ?? 'Alarms');
      const names = widget.alarms.map(({ definition }) => definition.name);
      if (names.join() !== [...entries.keys()].join()) {
        entries = new Map(names.map((alarm) => [alarm, createAlarmEntry()]));
        list.replaceChildren(...[...entries.values()].map(({ element: item }) => item));
      }
      for (const status of widget.alarms) {
        entries.get(nameOf(status))?.update(status, changes.filter(isOf(status)));
      }
    },
  };
};

const nameOf = ({ definition }: AlarmStatus): string => definition.name;

const isOf =
  (status: AlarmStatus) =>
  ({ alarm }: { readonly alarm: string }): boolean =>
    alarm === nameOf(status);
