/** The headers of a request for POST /sessions, as a client sent them. */
export interface HeaderSet {
  /** The client with its version, and how it sent the request. */
  readonly client: string;
  /** Where documented headers are from; absent in recorded ones. */
  readonly source?: string;
  /** Values by lower-case name, without those that describe the connection. */
  readonly headers: Readonly<Record<string, string>>;
}
