import 'session-counter/widget.js';
import type { SessionCounterAttributes } from 'session-counter/widget.js';

const attributes: SessionCounterAttributes = {
  api: 'https://API',
  counter: 'blog/first',
  'active-10': '# active',
};
const element: HTMLElement = document.createElement('session-counter');
for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));

addEventListener('session-counts', ({ detail }) => {
  if ('counters' in detail) {
    const total: number | undefined = detail.counters['blog/first']?.unique_session_count;
    document.title = `${total} at ${detail.as_of}`;
    return;
  }
  const numbers: number[] = [detail.unique_session_count, detail.active_sessions];
  document.title = `${Math.max(...numbers)} at ${detail.as_of.slice(11, 16)}`;
  // @ts-expect-error misspelt
  document.title = detail.active_session;
});

// @ts-expect-error only the three texts with a number have variants
export const misspelt: SessionCounterAttributes = { 'ignored-1': 'text' };
