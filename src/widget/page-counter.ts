import { request } from './api.ts';
import { type Counts, parseCounts } from './counts.ts';
import { isIgnored } from './ignore-flag.ts';
import { delayAfter } from './refresh.ts';
import type { View } from './view.ts';

/** An element on the page that shows its counts. */
export interface Shown extends HTMLElement {
  readonly show: View;
}

const LONG_MS = 1e9; // eleven days

/**
 * Those on the page now. One counter serves them all, whatever comes and goes: a page load is one
 * visit.
 */
export const elements = new Set<Shown>();
let counts: Counts | undefined;
let state = 'pending';
let isCounted = false;
let failures = 0;
let attempts = 0;
let due = 0;
let timer: ReturnType<typeof setTimeout>;

/** Counts or reads what is due while somebody sees the page, and shows what is known. */
export const update = (shown: Iterable<Shown> = elements): void => {
  clearTimeout(timer);
  // The first element speaks for all.
  const [first] = elements;
  const wait = due - performance.now();
  // Nobody sees a prerendered page, or one in a hidden tab.
  if (first && !document.hidden && !(document as { prerendering?: boolean }).prerendering) {
    if (wait > 0) timer = setTimeout(update, wait);
    else void attempt(first);
  }
  for (const element of shown) element.show(state, counts);
};

const attempt = async (element: Shown): Promise<void> => {
  due += LONG_MS; // until this attempt has ended
  const api = (element.getAttribute('api') ?? new URL('.', import.meta.url).href).replace(
    /\/$/,
    '',
  );
  if (!isCounted && !isIgnored()) {
    isCounted = true;
    attempts = 0;
    if (!(await request(`${api}/sessions`, { method: 'POST' }))) isCounted = false;
  }
  // A visit that cannot be counted must not cost the reader the numbers.
  const answer = await request(`${api}/counts`);
  const read = parseCounts(answer);
  failures = read && (isCounted || isIgnored()) ? 0 : failures + 1;
  if (read) counts = read;
  state = read ? 'live' : counts ? 'stale' : 'missing';
  const delay = delayAfter(failures, attempts++, element.getAttribute('refresh'));
  // Readers who came at once must not come back at once.
  due = performance.now() + delay * (1 - Math.random() / 4);
  update();
  if (read) dispatchEvent(new CustomEvent('session-counts', { detail: answer }));
};

// Capture: some of these are the document's own and do not bubble to the window.
for (const name of ['hashchange', 'visibilitychange', 'prerenderingchange', 'pageshow', 'online']) {
  addEventListener(
    name,
    (event) => {
      // Out of the back/forward cache a page comes with all its state: that is another load.
      const isBack = (event as PageTransitionEvent).persisted;
      if (isBack) isCounted = false;
      // Not while an attempt is under way: two at once would overwrite each other.
      if ((isBack || name === 'online') && due < LONG_MS) due = 0;
      update();
    },
    true,
  );
}
