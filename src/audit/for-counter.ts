import { SITE } from '../domain/counter-name.ts';

/** The option that selects a counter, with a space before it, unless it is the site's, which is meant without one. */
export const forCounter = (counter: string): string =>
  counter === SITE ? '' : ` --counter ${counter}`;
