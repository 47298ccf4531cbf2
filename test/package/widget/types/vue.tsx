/** @jsxImportSource vue */
import type {} from 'session-counter/vue';
import type { GlobalComponents } from 'vue';

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
  >
    –
  </session-counter>
);

// @ts-expect-error misspelt
export const misspelt = <session-counter refesh={30} />;

// @ts-expect-error text, not a number
export const number = <session-counter visitors-1={1} />;

type TemplateProps = InstanceType<GlobalComponents['session-counter']>['$props'];

export const inTemplate: TemplateProps = {
  api: 'https://API',
  refresh: 30,
  hidden: true,
  'visitors-1': '# person',
};

// @ts-expect-error misspelt
export const misspeltInTemplate: TemplateProps = { refesh: 30 };
