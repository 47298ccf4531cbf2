'use client';

import { useEffect } from 'react';
import type {} from 'session-counter/react';

/** The widget, loaded after hydration: the element writes its state into its attributes. */
export const Visitors = () => {
  useEffect(() => {
    import('session-counter/widget.js');
  }, []);
  return <session-counter api="https://API">–</session-counter>;
};
