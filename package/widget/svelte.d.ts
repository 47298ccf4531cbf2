import type { HTMLAttributes } from 'svelte/elements';
import type { SessionCounterAttributes } from './widget.js';

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'session-counter': HTMLAttributes<HTMLElement> & SessionCounterAttributes;
  }
}
