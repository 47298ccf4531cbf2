import { SITE } from '../domain/counter-name.ts';

/** Names a counter in a message, unless it is the site's, which is meant without a name. */
export const ofCounter = (counter: string): string =>
  counter === SITE ? '' : ` of the counter ${counter}`;
