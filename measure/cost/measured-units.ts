/** What the handlers use, as the embedded DynamoDB and their own output tell it. */
export interface MeasuredUnits {
  /** Write units of the first visit of a session, those of the index included. */
  readonly newVisit: number;
  /** Write units of a later visit, which moves its entry in the index. */
  readonly repeatVisit: number;
  /** Write units of one batch of the projector, whatever its size. */
  readonly counterWrite: number;
  /** Read units of a look at both counts while no session is active. */
  readonly countsRead: number;
  /** How many of those are for the counter item. */
  readonly counterRead: number;
  /** Read units that each active session adds to it. */
  readonly countsReadPerActive: number;
  /** Read units of an audit for each row. */
  readonly auditPerRow: number;
  /** Of a session row, without what DynamoDB adds when it stores it. */
  readonly rowBytes: number;
  readonly indexEntryBytes: number;
  /** Of the one line that a call leaves in the log. */
  readonly lineBytes: Readonly<Record<'visit' | 'batch' | 'report' | 'audit', number>>;
}
