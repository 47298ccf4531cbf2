/** The simulation found a wrong counter. */
export class Violation extends Error {
  override readonly name = 'Violation';
  /** The step at which it was found, from 0; the history's length for the final checks. */
  step = -1;

  constructor(what: string, expected: unknown, actual: unknown) {
    super(`${what}: expected ${expected}, got ${actual}`);
  }
}

/** Throws a Violation unless both are identical. */
export const assertSame = (what: string, expected: unknown, actual: unknown): void => {
  if (expected !== actual) throw new Violation(what, expected, actual);
};
