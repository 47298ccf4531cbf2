import 'session-counter/widget.js';
import type { SessionCounterAttributes } from 'session-counter/widget.js';

const attributes: SessionCounterAttributes = { api: 'https://API', 'active-10': '# active' };
const element: HTMLElement = document.createElement('session-counter');
for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));

addEventListener('session-counts', ({ detail }) => {
  const numbers: number[] = [detail.unique_session_count, detail.active_sessions];
  document.title = `${Math.max(...numbers)} at ${detail.as_of.slice(11, 16)}`;
  // @ts-expect-error misspelt
  document.title = detail.active_session;
});

// @ts-expect-error only the three texts with a number have variants
export const misspelt: SessionCounterAttributes = { 'ignored-1': 'text' };
