import type { AlarmChange, AlarmStatus } from '../../cloudwatch/alarms/alarms.ts';
import { isConsoleUrl } from './aws-only.ts';
import { element, setText } from './element.ts';
import { formatTime } from './format.ts';
import { readAlarmHelp } from './runbook.ts';
import { rowIdOf, showLink } from './text-widget.ts';

/** One alarm; it opens to show the details. */
export interface AlarmEntry {
  readonly element: HTMLElement;
  /** `changes` are those of this alarm, from the oldest to the newest. */
  readonly update: (status: AlarmStatus, changes: readonly AlarmChange[]) => void;
}

/** The states in words that a reader needs not know from CloudWatch. */
const STATE_TEXTS: Readonly<Record<AlarmStatus['state'], string>> = {
  ALARM: 'In alarm',
  INSUFFICIENT_DATA: 'Insufficient data',
  OK: 'OK',
};

/** An entry of a list of alarms. */
export const createAlarmEntry = (): AlarmEntry => {
  const [name, state, since] = [element('b'), element('span'), element('span')];
  const summary = element('summary', {}, element('i'), name, state, since);
  since.className = 'since';
  const content = element('div');
  const item = element('li', {}, element('details', {}, summary, content));
  let shown = '';
  return {
    element: item,
    update: (status, changes) => {
      const next = JSON.stringify([status, changes]);
      if (next === shown) return;
      shown = next;
      item.dataset.state = status.state;
      setText(name, status.definition.name);
      setText(state, STATE_TEXTS[status.state]);
      setText(since, status.since === undefined ? '' : `since ${formatTime(status.since)}`);
      content.replaceChildren(...showDetails(status, changes));
    },
  };
};

const showDetails = (
  { definition, reason }: AlarmStatus,
  changes: readonly AlarmChange[],
): HTMLElement[] => {
  const { text, url } = readAlarmHelp(definition.description);
  const { name } = definition;
  return [
    element('p', {}, text, ...(url === undefined ? [] : [' ', showHelp(url, name)])),
    element('p', {}, reason),
    ...(changes.length === 0 ? [] : [showHistory(changes)]),
  ];
};

// Without a runbook, an alarm leads to the dashboard on AWS, whose table says what to do; so does the one of this page.
const showHelp = (url: string, alarm: string): HTMLElement =>
  isConsoleUrl(url)
    ? element('button', { type: 'button', onclick: () => findRow(alarm)?.focus() }, 'What to do')
    : showLink(url, 'Runbook');

// The table has the names of the alarms without that of the counter, which may contain hyphens, too.
const findRow = (alarm: string): HTMLElement | null => {
  const row = document.getElementById(rowIdOf(alarm));
  const rest = alarm.indexOf('-') + 1;
  return row ?? (rest > 0 ? findRow(alarm.slice(rest)) : null);
};

const showHistory = (changes: readonly AlarmChange[]): HTMLElement =>
  element(
    'ol',
    { ariaLabel: 'History, the newest first' },
    ...changes
      .toReversed()
      .map(({ time, to, reason }) =>
        element(
          'li',
          {},
          element('time', {}, formatTime(time)),
          element('span', {}, STATE_TEXTS[to]),
          element('span', {}, reason),
        ),
      ),
  );
