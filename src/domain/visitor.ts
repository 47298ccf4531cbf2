/**
 * What identifies a browser session. It exists only during a request: it is hashed, and neither part is
 * stored, logged or put into a metric.
 */
export interface Visitor {
  readonly address: string | undefined;
  readonly userAgent: string | undefined;
}
