import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { SessionCounterAttributes } from './widget.js';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'session-counter': DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement> &
        SessionCounterAttributes;
    }
  }
}
