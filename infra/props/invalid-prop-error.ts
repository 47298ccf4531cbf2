/** A prop of the construct is invalid. The message names it, what was expected and what was given. */
export class InvalidPropError extends Error {
  override readonly name = 'InvalidPropError';

  constructor(prop: string, expected: string, given: unknown) {
    super(`${prop} must be ${expected}, but it is ${JSON.stringify(given)}`);
  }
}
