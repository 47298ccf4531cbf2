import { request } from './api.ts';
import { type Counts, parseCounts } from './counts.ts';
import { isIgnored } from './ignore-flag.ts';
import { delayAfter } from './refresh.ts';
import type { View } from './view.ts';

/** An element on the page that shows the counts. */
export interface Shown extends HTMLElement {
  readonly show: View;
}

const LONG_MS = 1e9; // eleven days

/**
 * The elements currently on the page. One counter serves all of them, however they change, because a
 * page load is one visit.
 */
export const elements = new Set<Shown>();
let counts: Counts | undefined;
let state = 'pending';
let isCounted = false;
let failures = 0;
let attempts = 0;
let due = 0;
let timer: ReturnType<typeof setTimeout>;

/** Shows the known counts and, while the page is visible, makes a due request or schedules it. */
export const update = (shown: Iterable<Shown> = elements): void => {
  clearTimeout(timer);
  // The first element's attributes apply to all.
  const [first] = elements;
  const wait = due - performance.now();
  // A prerendered page or a hidden tab is not visible.
  if (first && !document.hidden && !(document as { prerendering?: boolean }).prerendering) {
    if (wait > 0) timer = setTimeout(update, wait);
    else void attempt(first);
  }
  for (const element of shown) element.show(state, counts);
};

const attempt = async (element: Shown): Promise<void> => {
  due += LONG_MS; // until this attempt is finished
  // Not `new URL('.', import.meta.url)`, which makes bundlers look for a file `.` and fail.
  const api = (element.getAttribute('api') ?? import.meta.url.replace(/[^/]*(\?.*)?$/, '')).replace(
    /\/$/,
    '',
  );
  if (!isCounted && !isIgnored()) {
    isCounted = true;
    attempts = 0;
    if (!(await request(`${api}/sessions`, { method: 'POST' }))) isCounted = false;
  }
  // Even if the visit cannot be counted, the reader should see the counts.
  const answer = await request(`${api}/counts`);
  const read = parseCounts(answer);
  failures = read && (isCounted || isIgnored()) ? 0 : failures + 1;
  if (read) counts = read;
  state = read ? 'live' : counts ? 'stale' : 'missing';
  const delay = delayAfter(failures, attempts++, element.getAttribute('refresh'));
  // Jitter: readers who arrived together must not refresh together.
  due = performance.now() + delay * (1 - Math.random() / 4);
  update();
  if (read) dispatchEvent(new CustomEvent('session-counts', { detail: answer }));
};

// In the capture phase, because some of these fire on the document and do not bubble to the window.
for (const name of ['hashchange', 'visibilitychange', 'prerenderingchange', 'pageshow', 'online']) {
  addEventListener(
    name,
    (event) => {
      // The back/forward cache restores a page with all its state, but it counts as another load.
      const isBack = (event as PageTransitionEvent).persisted;
      if (isBack) isCounted = false;
      // Not during an attempt: two at once would overwrite each other.
      if ((isBack || name === 'online') && due < LONG_MS) due = 0;
      update();
    },
    true,
  );
}
