/** What the handlers consume, according to the embedded DynamoDB and their own output. */
export interface MeasuredUnits {
  /** Write units of the first visit of a session, including those of the index. */
  readonly newVisit: number;
  /** Write units of a later visit, which moves its entry in the index. */
  readonly repeatVisit: number;
  /** Write units of one batch of the projector, whatever its size. */
  readonly counterWrite: number;
  /** Read units for reading both counts while no session is active. */
  readonly countsRead: number;
  /** How many of those are for the counter item. */
  readonly counterRead: number;
  /** Additional read units per active session. */
  readonly countsReadPerActive: number;
  /** Read units of an audit per row. */
  readonly auditPerRow: number;
  /** The size of a session row, without DynamoDB's storage overhead. */
  readonly rowBytes: number;
  readonly indexEntryBytes: number;
  /** The length of the log line of each call. */
  readonly lineBytes: Readonly<Record<'visit' | 'batch' | 'report' | 'audit', number>>;
  /** What the counter of a page adds, when the page counts and shows it beside that of the site. */
  readonly page: PageUnits;
}

/** The same for one more counter of a page. The line of a visit, or of a batch, grows by `lineBytes`. */
export interface PageUnits
  extends Pick<
    MeasuredUnits,
    | 'newVisit'
    | 'countsRead'
    | 'counterRead'
    | 'countsReadPerActive'
    | 'auditPerRow'
    | 'rowBytes'
    | 'indexEntryBytes'
  > {
  readonly lineBytes: Readonly<Record<'visit' | 'batch', number>>;
}
