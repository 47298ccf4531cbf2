/** @jsxImportSource preact */
import type {} from 'session-counter/preact';

export const full = (
  <session-counter
    api="https://API"
    counter="blog/first"
    readonly
    refresh={30}
    digits="3"
    visitors="# people"
    visitors-1="# person"
    stale-0="nobody at @"
    class="counter"
    style={{ color: 'darkred' }}
    ref={(element) => void element?.dataset.state}
  >
    –
  </session-counter>
);

// @ts-expect-error misspelt
export const misspelt = <session-counter refesh={30} />;

// @ts-expect-error text, not a number
export const number = <session-counter visitors-1={1} />;
