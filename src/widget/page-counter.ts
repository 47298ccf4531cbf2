import { elements, findCounted, findTotals, nameOf, type Shown } from './counters-on-page.ts';
import { createMap } from './create-map.ts';
import { isIgnored } from './ignore-flag.ts';
import type { Answer, CounterNumbers, Counts, Take, Visit } from './responses.ts';
import { NO_VISIT } from './responses.ts';

const TIMEOUT_MS = 10_000; // for a hanging request, which would stop the refreshes for good
const SETTLED = 9; // So many reads that the next one follows after `refresh`, however long that is.

let first: Shown; // Its attributes apply to all.
let visits = createMap<Visit>(); // by the name of the counter
const known = createMap<Counts>();
let live: Answer | 0 | undefined; // the response, if the last one had counts
let reads = 0; // since the last visit
let readsNext: number;
let failures = 0;
let due = 0;
let isBusy = 0;
let timer: ReturnType<typeof setTimeout>;

const secondsToWait = (): number =>
  Math.min(
    4 ** (failures || reads++),
    Math.max(+(first.getAttribute('refresh') as string) || 60, 1),
  );

/**
 * Sends a request that needs no preflight and continues after the page is closed. Gives `take` the part of the
 * response that is about each counter; resolves to the response if one of them was valid, else to 0. Bypasses the
 * HTTP cache, whose lock would block a request behind a hanging one for the same URL.
 */
const request = async <Part>(
  take: Take<Part>,
  path: string,
  counted: readonly string[],
  totals: readonly string[],
  method?: 'POST',
): Promise<Answer | 0> => {
  let valid: Answer | 0 = 0;
  try {
    const response = await fetch(
      // Not `new URL('.', import.meta.url)`, which makes bundlers look for a file `.` and fail.
      (first.getAttribute('api') ?? import.meta.url).replace(
        /\/?(widget.js.*)?$/,
        // Without parameters for the site's counter alone.
        path +
          `?counter=${counted}&total=${totals}`.replace(/counter=&|(\?counter=site)?&total=$/g, ''),
      ),
      {
        method: method as string,
        keepalive: true,
        cache: 'no-store',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      },
    );
    // 404 is an answer: the API has no such counter.
    const answer = response.status < 405 && (await response.json());
    for (const name of new Set([...counted, ...totals]))
      if (take(name, answer.counters?.[name] ?? answer, answer)) valid = answer;
  } catch {}
  return valid;
};

// Adds the reader's own session to the numbers that were read before they contained it. Times are compared as
// text, because their format is the same; a comparison with a missing one is false.
const takeCounts: Take<CounterNumbers> = (name, numbers, answer) => {
  const visit = visits[name] ?? NO_VISIT;
  const isMissing = visit.counted_since > numbers.counted_until;
  if (isMissing) numbers.unique_session_count++;
  if (visit.active_since > numbers.active_until) numbers.active_sessions++;
  const counts: Counts = [
    numbers.unique_session_count,
    numbers.active_sessions ?? 0,
    answer.active_window_minutes,
    Date.parse(answer.as_of),
  ];
  if (!(Math.min(...counts) >= 0)) return false; // The minimum is NaN if one of them is.
  // The visit will not change the total, or just did. A lower total is an older one, of another replica.
  const isSettled =
    isMissing ||
    !(visit.new_session ?? visit.counted) ||
    (reads && ((known[name] as Counts)[0] as number) < (counts[0] as number));
  if (!isSettled) readsNext = reads;
  known[name] = counts;
  return counts;
};

const attempt = async (): Promise<void> => {
  [first] = elements as unknown as [Shown];
  if (!first) return;
  isBusy = 1;
  for (const element of elements) known[nameOf(element)] ??= [];
  const counted = findCounted();
  const unsent = counted.filter((name) => !visits[name]);
  const isSent =
    !unsent[0] ||
    isIgnored() ||
    (await request<Visit>(
      (name, visit) => {
        reads = 0;
        visits[name] = visit;
        return visit;
      },
      '/sessions',
      unsent,
      [],
      'POST',
    ));
  readsNext = SETTLED;
  // Even if the visit cannot be counted, the reader should see the counts.
  live = await request(takeCounts, '/counts', counted, findTotals());
  reads = readsNext;
  failures = live && isSent ? 0 : failures + 1;
  due = Date.now() + secondsToWait() * (1000 + 250 * Math.random());
  isBusy = 0;
  update();
  if (live) dispatchEvent(new CustomEvent('session-counts', { detail: live }));
};

/**
 * Shows the known counts and, while the page is visible, schedules the next attempt: at once if a counter has not
 * been asked for.
 */
export const update = (shown: Iterable<Shown> = elements): void => {
  clearTimeout(timer);
  for (const element of shown) {
    const counts = known[nameOf(element)];
    if (!counts) due = 0;
    element.show(live, counts);
  }
  // Two attempts at once would overwrite each other. A prerendered page is hidden too:
  // https://github.com/web-platform-tests/wpt/blob/master/speculation-rules/prerender/visibility-state.html
  if (!(isBusy || document.hidden)) timer = setTimeout(attempt, due - Date.now());
};

// In the capture phase, because some of these fire on the document and do not bubble to the window.
for (const name of ['hashchange', 'online', 'visibilitychange', 'pageshow']) {
  addEventListener(
    name,
    (event) => {
      // The back/forward cache restores a page with all its state, but it counts as another load.
      const isBack = (event as PageTransitionEvent).persisted;
      if (isBack) visits = createMap();
      if (isBack || name === 'online') due = 0;
      update();
    },
    true,
  );
}
