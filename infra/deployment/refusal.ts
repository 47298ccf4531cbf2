/** A command stops before it has done anything. The message says why, and what to do instead. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
