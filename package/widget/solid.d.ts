import type { JSX as Solid } from 'solid-js';
import type { SessionCounterAttributes } from './widget.js';

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      'session-counter': Solid.HTMLAttributes<HTMLElement> & SessionCounterAttributes;
    }
  }
}
