import type { JSX as Solid } from 'solid-js';
import type { SessionCounterAttributes } from './widget.js';

/** Solid assigns computed values to properties, which the element does not have, unless `attr:` is there. */
type SetAsAttributes = {
  [Name in keyof SessionCounterAttributes as `attr:${Name}`]: SessionCounterAttributes[Name];
};

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      'session-counter': Solid.HTMLAttributes<HTMLElement> &
        SessionCounterAttributes &
        SetAsAttributes;
    }
  }
}
