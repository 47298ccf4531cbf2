/** A command stops before it changes anything. The message says why, and what to do instead. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
