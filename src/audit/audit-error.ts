/**
 * Rows and counter could not be compared, or the counter not corrected. Nothing was changed; the message
 * says why, and what to do.
 */
export class AuditError extends Error {
  override readonly name = 'AuditError';
}
