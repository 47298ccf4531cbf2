/** The command was not understood; the message says what was expected. Nothing was done. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command cannot do its work; the message says what the reader can do about it. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
