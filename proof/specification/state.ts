/** The counter as the specification sees it, and the records that it counts. */
export interface State {
  readonly shards: readonly Shard[];
  readonly total: number;
  readonly removed: number;
  /** Records written up to this time and not covered by a checkpoint may already be counted. */
  readonly watermark: number;
  /** The running rebuild, and the counts since it began of first visits at or after its cutoff. */
  readonly rebuild: ({ readonly cutoff: number } & Sums) | undefined;
  /** What a rebuild found out about the rows from before a cutoff. */
  readonly survey: Survey | undefined;
}

/** How many inserts and how many removals the counter is missing. */
export interface Survey {
  readonly cutoff: number;
  readonly missing: number;
  readonly surplus: number;
}

/** A shard of the stream: its records in order, and its checkpoint. */
export interface Shard {
  readonly records: readonly StreamRecord[];
  readonly checkpoint: Checkpoint | undefined;
}

/** How many of a shard's records are applied, and when the newest of them was written. */
export interface Checkpoint {
  readonly place: number;
  readonly at: number;
}

/** Started sessions less the retracted ones, and removed rows less the restored ones. */
export interface Sums {
  readonly started: number;
  readonly removed: number;
}

/** A record and its state. */
export interface StreamRecord {
  /**
   * What happened to a row: inserted, deleted with the mark of a retract, deleted without it, or inserted with the
   * mark of a restore.
   */
  readonly kind: 'insert' | 'retract' | 'remove' | 'restore' | 'other';
  /** When DynamoDB wrote it; 0 when it has no time. */
  readonly at: number;
  /** The first visit of its row. */
  readonly first: number;
  /** Late: passed without being counted. Lost: left the stream uncounted and is never delivered. */
  readonly fate: 'waiting' | 'counted' | 'late' | 'lost';
  /** Whether a survey found it uncounted, and whether a correction made up for it. */
  readonly repair: 'none' | 'found' | 'done';
}

/** A batch ending before record `upTo`, and the counter state that its writer expects. */
export interface Plan {
  readonly shard: number;
  readonly upTo: number;
  readonly checkpoint: Checkpoint | undefined;
  readonly watermark: number;
  readonly cutoff: number | undefined;
  /** The checkpoints of other shards that the same write drops. */
  readonly dropped: ReadonlyMap<number, Checkpoint>;
}
