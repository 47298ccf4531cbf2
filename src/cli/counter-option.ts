import { isCounterName, NAME_RULE } from '../domain/counter-name.ts';
import { UsageError } from './command-error.ts';

/** The option that selects one of the counters of a deployment. */
export const COUNTER_OPTION = { counter: { type: 'string' } } as const;

/** The help for it. */
export const COUNTER_HELP =
  '  --counter NAME     only this counter, such as site or blog/first-post (default: all)';

/** The name in this option, if it is given. Throws a UsageError if it is no name. */
export const parseCounterOption = (name: string | undefined): string | undefined => {
  if (name === undefined || isCounterName(name)) return name;
  throw new UsageError(`--counter must be ${NAME_RULE}, but it is "${name}"`);
};
