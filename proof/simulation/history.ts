/**
 * One thing that happens to the table, to its stream or to a delivery. Numbers pick among what is
 * there, modulo its count, so that every part of a history is a history too: that is what makes
 * a failing one easy to shrink.
 */
export type Step =
  /** `count` visits by neighbouring rows: an insert where the row is absent, else a MODIFY. */
  | { readonly op: 'visit'; readonly row: number; readonly count: number }
  /** An update that changes nothing, which some DynamoDBs put on the stream. */
  | { readonly op: 'rewrite'; readonly row: number }
  | { readonly op: 'remove'; readonly row: number; readonly by: 'ttl' | 'hand' }
  /** Rows of an older counter are imported, of first visits up to so many days ago. */
  | {
      readonly op: 'import';
      readonly row: number;
      readonly count: number;
      readonly daysAgo: number;
    }
  /** The clock of ingest jumps: from now on it is ahead by so many minutes. */
  | { readonly op: 'clock'; readonly minutesAhead: number }
  /** Records leave the stream before they are delivered: nobody read it for a day. */
  | { readonly op: 'lose'; readonly shard: number; readonly count: number }
  | { readonly op: 'odd'; readonly row: number; readonly kind: MalformedKind }
  /** A shard closes and two children open, numbered with no regard to their parent. */
  | { readonly op: 'split'; readonly shard: number; readonly numberings: readonly [number, number] }
  /** The event source delivers the next batch of a shard. */
  | ({ readonly op: 'deliver'; readonly shard: number } & Delivery)
  /** A batch that was delivered before comes again, cut anew and perhaps longer than before. */
  | ({
      readonly op: 'redeliver';
      readonly shard: number;
      readonly back: number;
      /** Whether it comes though the stream should have forgotten it. */
      readonly isOld: boolean;
    } & Delivery)
  /** A batch fails, and its second part comes again before the first. */
  | {
      readonly op: 'leap';
      readonly shard: number;
      readonly size: number;
      readonly skip: number;
      readonly container: number;
    }
  /** Everything that the stream still holds and that was delivered comes again. */
  | { readonly op: 'replay'; readonly size: number; readonly container: number }
  /** The last call of a window, without records. */
  | { readonly op: 'emptyWindow'; readonly shard: number; readonly container: number }
  /** An invocation that was given up commits at last. */
  | { readonly op: 'resume'; readonly zombie: number }
  | { readonly op: 'coldStart'; readonly container: number }
  | { readonly op: 'wait'; readonly minutes: number }
  /** Somebody writes into the counter: its total, and perhaps the number of the running day. */
  | { readonly op: 'spoil'; readonly by: number; readonly isToday: boolean }
  /** A rebuild begins, or goes on by some of its calls, or is killed after them. */
  | {
      readonly op: 'rebuild';
      readonly run: number;
      readonly calls: number;
      readonly isKilled: boolean;
      readonly losesAnswers: boolean;
      /** Whether its operator knows that the total was too high. */
      readonly lowersTotal: boolean;
    };

export interface Delivery extends Blow {
  readonly size: number;
  readonly container: number;
}

/** What befalls an invocation, and at which of its commits, counted from 0. */
export interface Blow {
  readonly fault: Fault;
  readonly attempt: number;
}

/** Nothing befalls it. */
export const UNHARMED: Blow = { fault: 'none', attempt: 0 };

export type MalformedKind = (typeof ODD_KINDS)[number];
export const ODD_KINDS = ['unknownEvent', 'noImage', 'noKeys', 'noSequence'] as const;

export type Fault = (typeof FAULTS)[number];
export const FAULTS = [
  'none',
  /** The process dies before it commits. */
  'crashBefore',
  /** It dies after the commit, before it answers. */
  'crashAfter',
  /** The commit's response is lost, and the SDK sends the same request again. */
  'lostAnswer',
  /** DynamoDB throttles, and the SDK gives up. */
  'throttle',
  /** Lambda gives the invocation up while its commit is still on the way. */
  'zombie',
  /** Another live invocation commits a part of the same batch first. */
  'rival',
] as const;

/** How many containers of the projector there are, each with a memory of its own. */
export const CONTAINERS = 3;
