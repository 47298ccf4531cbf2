/** The arguments are invalid; the message says what was expected. Nothing was done. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command failed; the message says what the user can do about it. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
