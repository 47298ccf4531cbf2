import type { ShownDashboard } from '../dashboard-data.ts';
import { element, setText } from './element.ts';
import { formatSecond } from './format.ts';
import { createRangeNavigation } from './range-navigation.ts';

/** The head of the page: name, state of the alarms, ranges, and what is wrong. */
export interface PageHeader {
  readonly element: HTMLElement;
  readonly update: (dashboard: ShownDashboard) => void;
  /** Says why there is no new data; what is shown stays. */
  readonly fail: (message: string) => void;
}

/** The head of the page. `onRangeChange` is called when the reader chose another range. */
export const createPageHeader = (onRangeChange: () => void): PageHeader => {
  const name = element('h1', {}, 'Dashboard');
  const alarms = element('a', { className: 'state', href: '#alarms', hidden: true });
  const time = element('p', { className: 'time' });
  const problem = element('p', { className: 'problem', role: 'status', hidden: true });
  const ranges = createRangeNavigation(onRangeChange);
  return {
    element: element('header', {}, name, alarms, time, ranges.element, problem),
    update: (dashboard) => {
      setText(name, dashboard.name);
      setText(time, `Live, as of ${formatSecond(dashboard.now)}`);
      ranges.mark(dashboard.rangeMs);
      showAlarms(alarms, dashboard);
      time.classList.remove('old');
      problem.hidden = true;
      document.title = titleOf(dashboard);
    },
    fail: (message) => {
      setText(time, (time.textContent ?? '').replace('Live, as', 'Not live: as'));
      time.classList.add('old');
      setText(problem, message);
      problem.hidden = false;
    },
  };
};

const countInAlarm = ({ alarms }: ShownDashboard): number =>
  alarms.filter(({ state }) => state === 'ALARM').length;

const showAlarms = (link: HTMLAnchorElement, dashboard: ShownDashboard): void => {
  const count = countInAlarm(dashboard);
  link.hidden = dashboard.alarms.length === 0;
  link.dataset.state = count > 0 ? 'ALARM' : 'OK';
  setText(link, count > 0 ? `${count} in alarm` : 'No alarm');
};

const titleOf = (dashboard: ShownDashboard): string => {
  const count = countInAlarm(dashboard);
  return `${count > 0 ? `(${count}) ` : ''}${dashboard.name}`;
};
