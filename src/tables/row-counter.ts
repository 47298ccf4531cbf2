import { isCounterName, SITE } from '../domain/counter-name.ts';
import { SESSION } from './schema.ts';

/**
 * The counter of a row, by its attribute: the site's, when it has none or one that is no name. So each row
 * belongs to one counter, whoever wrote it, for the projector and for an audit alike.
 */
export const counterOfRow = (name: unknown): string =>
  typeof name === 'string' && isCounterName(name) ? name : SITE;

/** The images of a stream record, as Lambda and as the SDK return them. */
export interface RowImages {
  readonly NewImage?: RowImage | undefined;
  readonly OldImage?: RowImage | undefined;
}

type RowImage = Readonly<Record<string, { readonly S?: string | undefined }>>;

/** The counter of the row that a stream record is about. */
export const counterOfChange = (change: RowImages | undefined): string =>
  counterOfRow((change?.NewImage ?? change?.OldImage)?.[SESSION.counter]?.S);
