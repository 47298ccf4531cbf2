/**
 * Something that the local CloudWatch cannot evaluate as CloudWatch does: an invalid line or template, or a feature
 * that it does not have. The message names it, and says what was expected.
 */
export class CloudWatchError extends Error {
  override readonly name = 'CloudWatchError';
}
