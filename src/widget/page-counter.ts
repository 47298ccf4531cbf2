import { request } from './api.ts';
import { type Counts, parseCounts } from './counts.ts';
import { isIgnored } from './ignore-flag.ts';
import { NO_VISIT, type OwnCounts, type Visit } from './own-visit.ts';
import { refreshAfter, retryAfter, SETTLED } from './refresh.ts';
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
let visit = NO_VISIT;
let reads = 0; // since the visit
let failures = 0;
let due = 0;
let timer: ReturnType<typeof setTimeout>;

/** Shows the known counts and, while the page is visible, schedules the next attempt, which may be due. */
export const update = (shown: Iterable<Shown> = elements): void => {
  clearTimeout(timer);
  // The first element's attributes apply to all.
  const [first] = elements;
  // A prerendered page or a hidden tab is not visible.
  if (first && !document.hidden && !(document as { prerendering?: boolean }).prerendering)
    timer = setTimeout(attempt, due - performance.now(), first);
  for (const element of shown) element.show(state, counts);
};

// Adds the reader's own session to the numbers that were read before they contained it. Times are compared as
// text, because their format is the same; a comparison with a missing one is false.
const attempt = async (element: Shown): Promise<void> => {
  due += LONG_MS; // until this attempt is finished
  // Not `new URL('.', import.meta.url)`, which makes bundlers look for a file `.` and fail.
  const api = (element.getAttribute('api') ?? import.meta.url).replace(
    /\/?([^/]*\.js(\?.*)?)?$/,
    '/',
  );
  if (!(visit || isIgnored())) {
    reads = 0;
    visit = ((await request(`${api}sessions`, 'POST')) as Visit) || NO_VISIT;
  }
  // Even if the visit cannot be counted, the reader should see the counts.
  const answer = (await request(`${api}counts`)) as OwnCounts;
  const isRead = parseCounts(answer);
  if (isRead) {
    const before = counts?.[0] as number;
    const isMissing = visit.counted_since > answer.counted_until;
    answer.unique_session_count += +isMissing;
    answer.active_sessions += +(visit.active_since > answer.active_until);
    counts = parseCounts(answer) as Counts;
    // The visit will not change the total, or just did. A lower total is an older one, of another replica.
    if (isMissing || !(visit.new_session ?? visit.counted) || (reads && before < counts[0]))
      reads = SETTLED;
  }
  failures = isRead && (visit || isIgnored()) ? 0 : failures + 1;
  state = isRead ? 'live' : counts ? 'stale' : 'missing';
  due =
    performance.now() +
    // Jitter: readers who arrived together must not refresh together.
    (1000 + 250 * Math.random()) *
      (failures ? retryAfter(failures) : refreshAfter(reads++, element.getAttribute('refresh')));
  update();
  if (isRead) dispatchEvent(new CustomEvent('session-counts', { detail: answer }));
};

// In the capture phase, because some of these fire on the document and do not bubble to the window.
for (const name of ['hashchange', 'visibilitychange', 'prerenderingchange', 'pageshow', 'online']) {
  addEventListener(
    name,
    (event) => {
      // The back/forward cache restores a page with all its state, but it counts as another load.
      const isBack = (event as PageTransitionEvent).persisted;
      if (isBack) visit = NO_VISIT;
      // Not during an attempt: two at once would overwrite each other.
      if ((isBack || name === 'online') && due < LONG_MS) due = 0;
      update();
    },
    true,
  );
}
