import { RANGES } from '../ranges.ts';
import { element } from './element.ts';

/** The range in the address of the page; undefined for that of the dashboard. */
export const rangeInUrl = (): string | undefined =>
  new URLSearchParams(location.search).get('range') ?? undefined;

/** Links to the ranges. */
export interface RangeNavigation {
  readonly element: HTMLElement;
  /** Marks the range that is shown, in milliseconds. */
  readonly mark: (rangeMs: number) => void;
}

/** Links to each range, which keep the page and call `onChange`. */
export const createRangeNavigation = (onChange: () => void): RangeNavigation => {
  const links = Object.keys(RANGES).map((range) =>
    element('a', { href: `?range=${range}` }, range.replace(/(\d+)/, '$1 ')),
  );
  const navigation = element('nav', { ariaLabel: 'Range' }, ...links);
  navigation.addEventListener('click', (event) => {
    const { target, ctrlKey, metaKey, shiftKey } = event;
    if (!(target instanceof HTMLAnchorElement) || ctrlKey || metaKey || shiftKey) return;
    event.preventDefault();
    history.pushState(null, '', target.href);
    onChange();
  });
  addEventListener('popstate', onChange);
  return {
    element: navigation,
    mark: (rangeMs) => {
      for (const [i, value] of Object.values(RANGES).entries()) {
        const link = links[i];
        if (link) link.ariaCurrent = value === rangeMs ? 'true' : null;
      }
    },
  };
};
