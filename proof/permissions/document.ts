import { FORBIDDEN, type Forbidden } from './forbidden-calls.ts';
import { REASONS, type Reason } from './reasons.ts';

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

const listOf = (functions: readonly string[]): string =>
  functions.length > 8 ? 'every function' : functions.join(', ');

const placesOf = ({ places, keys }: Reason): string =>
  `${places.join(', ')}${keys ? `: ${code(keys)} only` : ''}`;

/** The table of what the functions are allowed, in Markdown. */
export const permissionsTable = (reasons = REASONS): string =>
  table(
    ['function', 'action', 'resource', 'why'],
    reasons.map((one) => [listOf(one.functions), code(one.actions), placesOf(one), one.why]),
  );

/** The table of what the functions must not do, in Markdown. */
export const forbiddenTable = (forbidden: readonly Forbidden[] = FORBIDDEN): string =>
  table(
    ['denied', 'to every function but'],
    forbidden.map(({ what, except }) => [what, except.join(', ') || '(none)']),
  );
