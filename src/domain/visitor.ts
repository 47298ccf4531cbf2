/**
 * What tells one browser session from another. It lives inside one request: it is hashed, and
 * neither part is stored, logged or measured.
 */
export interface Visitor {
  readonly address: string | undefined;
  readonly userAgent: string | undefined;
}
