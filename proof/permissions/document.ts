import type { Forbidden } from './forbidden.ts';
import { FORBIDDEN } from './forbidden-calls.ts';
import { FUNCTION_NAMES, REASONS, type Reason } from './reasons.ts';

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

const listOf = (functions: readonly string[]): string =>
  functions.length === FUNCTION_NAMES.length ? 'every function' : functions.join(', ');

const placeOf = ({ place, keys }: Reason): string =>
  keys.length > 0 ? `${place}: ${code(keys)} only` : place;

/** The table of what the functions are allowed, in Markdown. */
export const permissionsTable = (reasons = REASONS): string =>
  table(
    ['function', 'action', 'resource', 'why'],
    reasons.map((one) => [listOf(one.functions), code(one.actions), placeOf(one), one.why]),
  );

/** The table of what the functions must not do, in Markdown. */
export const forbiddenTable = (forbidden: readonly Forbidden[] = FORBIDDEN): string =>
  table(
    ['denied', 'to every function but'],
    forbidden.map(({ what, except }) => [what, except.join(', ') || '(none)']),
  );
