/**
 * A domain in lower case: at most 253 characters, in labels of at most 63.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4
 */
export const DOMAIN_NAME =
  /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
