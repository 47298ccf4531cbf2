import { expect } from 'vitest';

/** Asserts that a content, such as a log, has none of these parts, in whatever case. */
export const expectNoneOf = (parts: readonly string[], where: string, content: string): void => {
  const found = parts.filter((part) => content.toLowerCase().includes(part.toLowerCase()));
  expect({ where, found }).toEqual({ where, found: [] });
};
