/**
 * Rows and counter cannot be compared, or not be corrected, and nothing was changed; the message says
 * why and what to do.
 */
export class AuditError extends Error {
  override readonly name = 'AuditError';
}
