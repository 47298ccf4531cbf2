import { isCounterName, SITE } from '../domain/counter-name.ts';

/**
 * The counter of a row, by its attribute: the site's, when it has none or one that is no name. So each row
 * belongs to one counter, whoever wrote it, for the projector and for an audit alike.
 */
export const counterOfRow = (name: unknown): string =>
  typeof name === 'string' && isCounterName(name) ? name : SITE;
