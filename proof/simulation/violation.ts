/** The simulation found the counter wrong. */
export class Violation extends Error {
  override readonly name = 'Violation';
  /** The step at which it was found, from 0; the length of the history stands for its end. */
  step = -1;

  constructor(what: string, expected: unknown, actual: unknown) {
    super(`${what}: expected ${expected}, got ${actual}`);
  }
}

/** Throws a Violation unless both are the same. */
export const assertSame = (what: string, expected: unknown, actual: unknown): void => {
  if (expected !== actual) throw new Violation(what, expected, actual);
};
