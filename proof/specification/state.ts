/** What the specification tells of a counter, and of the records that it counts. */
export interface State {
  readonly shards: readonly Shard[];
  readonly total: number;
  readonly removed: number;
  /** A record that was written until then, and that no checkpoint covers, may be counted already. */
  readonly watermark: number;
  /** A rebuild under way, and what was counted since it began of first visits from its cutoff on. */
  readonly rebuild: ({ readonly cutoff: number } & Sums) | undefined;
  /** What an operator knows of the rows of before a cutoff. */
  readonly survey: Survey | undefined;
}

/** How many inserts the counter lacks, and how many removals. */
export interface Survey {
  readonly cutoff: number;
  readonly missing: number;
  readonly surplus: number;
}

/** A shard of the stream, its records in order, and how far the counter says that it is counted. */
export interface Shard {
  readonly records: readonly StreamRecord[];
  readonly checkpoint: Checkpoint | undefined;
}

/** So many of a shard's records are applied, and when the newest of them was written. */
export interface Checkpoint {
  readonly place: number;
  readonly at: number;
}

/** Sessions that started, and rows that were removed. */
export interface Sums {
  readonly started: number;
  readonly removed: number;
}

/** A record, and what became of it. */
export interface StreamRecord {
  readonly kind: 'insert' | 'remove' | 'other';
  /** When DynamoDB wrote it; 0 when it does not tell. */
  readonly at: number;
  /** The first visit of its row. */
  readonly first: number;
  /** Late: passed without being counted. Lost: it left the stream uncounted and never comes. */
  readonly fate: 'waiting' | 'counted' | 'late' | 'lost';
  /** Whether a survey found that it is not counted, and whether a correction made up for it. */
  readonly repair: 'none' | 'found' | 'done';
}

/** A batch that ends with the record before `upTo`, and what its writer takes the counter to be. */
export interface Plan {
  readonly shard: number;
  readonly upTo: number;
  readonly checkpoint: Checkpoint | undefined;
  readonly watermark: number;
  readonly cutoff: number | undefined;
  /** The checkpoints of other shards that leave in the same write. */
  readonly dropped: ReadonlyMap<number, Checkpoint>;
}
