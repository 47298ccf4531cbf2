/** The member of a log event at a selector such as `$.users[0].id`; undefined if it has none. */
export const readSelector = (selector: string, event: unknown): unknown =>
  (selector.match(/[\w-]+/g) ?? []).reduce(memberOf, event);

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
