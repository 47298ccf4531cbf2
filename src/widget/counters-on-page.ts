import type { View } from './view.ts';

/** An element on the page that shows the counts. */
export interface Shown extends HTMLElement {
  readonly show: View;
}

/** The elements currently on the page. */
export const elements = new Set<Shown>();

/**
 * The name of the element's counter, by default the site's. A character that no name has, such as `#` or a comma,
 * would change the request, and with it another counter. It becomes one that leaves the name without a counter.
 */
export const nameOf = (element: Element): string =>
  (element.getAttribute('counter') ?? 'site').replace(/[#&,]/g, '!');

const namesOf = (isReadonly: boolean, most: number): string[] =>
  [
    ...new Set(
      [...elements].filter((it) => it.hasAttribute('readonly') === isReadonly).map(nameOf),
    ),
  ].slice(0, most);

/** The counters to count and to read. The API refuses more than 10 in a request. */
export const findCounted = (): string[] => namesOf(false, 10);

/** The counters of which `readonly` elements show the total. The API refuses more than 50 in a request. */
export const findTotals = (): string[] => namesOf(true, 50);
