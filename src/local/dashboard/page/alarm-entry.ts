import type { AlarmChange, AlarmStatus } from '../../cloudwatch/alarms/alarms.ts';
import { isConsoleUrl } from './aws-only.ts';
import { type Child, element, setText } from './element.ts';
import { formatTime } from './format.ts';
import { readAlarmHelp } from './runbook.ts';
import { awsOnlyBadge, showLink } from './text-widget.ts';

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
  return [
    element('p', {}, text, ...(url === undefined ? [] : showRunbook(url))),
    element('p', {}, reason),
    ...(changes.length === 0 ? [] : [showHistory(changes)]),
  ];
};

const showRunbook = (url: string): Child[] =>
  isConsoleUrl(url)
    ? [' ', showLink(url, 'Dashboard'), ' ', awsOnlyBadge()]
    : [' ', showLink(url, 'Runbook')];

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
