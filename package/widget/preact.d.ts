import type { HTMLAttributes } from 'preact';
import type { SessionCounterAttributes } from './widget.js';

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'session-counter': HTMLAttributes<HTMLElement> & SessionCounterAttributes;
    }
  }
}
