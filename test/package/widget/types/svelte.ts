import type {} from 'session-counter/svelte';
import type { SvelteHTMLElements } from 'svelte/elements';

type Attributes = SvelteHTMLElements['session-counter'];

export const full: Attributes = {
  api: 'https://API',
  refresh: 30,
  digits: '3',
  visitors: '# people',
  'visitors-1': '# person',
  'stale-0': 'nobody at @',
  class: 'counter',
  style: 'color: darkred',
};

// @ts-expect-error misspelt
export const misspelt: Attributes = { refesh: 30 };

// @ts-expect-error text, not a number
export const number: Attributes = { 'visitors-1': 1 };
