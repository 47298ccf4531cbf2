import type { DefineComponent, HTMLAttributes, ReservedProps } from 'vue';
import type { SessionCounterAttributes } from './widget.js';

type Attributes = HTMLAttributes & SessionCounterAttributes;

declare module 'vue' {
  // For templates, which vue-tsc checks.
  interface GlobalComponents {
    'session-counter': DefineComponent<Attributes>;
  }
}

// For JSX.
declare module 'vue/jsx-runtime' {
  namespace JSX {
    interface IntrinsicElements {
      'session-counter': Attributes & ReservedProps;
    }
  }
}
