import type { UndoKind } from '../../src/domain/counter.ts';

/**
 * One event in the table, its stream or its delivery. Numbers select an existing item modulo the item
 * count, so every subsequence of a history is itself a valid history. This makes failing histories
 * easy to shrink.
 */
export type Step =
  /** `count` visits to neighbouring rows: INSERT if the row is absent, MODIFY otherwise. */
  | { readonly op: 'visit'; readonly row: number; readonly count: number }
  /** An update that changes nothing; some DynamoDB implementations still write a stream record. */
  | { readonly op: 'rewrite'; readonly row: number }
  | { readonly op: 'remove'; readonly row: number; readonly by: 'ttl' | 'hand' }
  /**
   * A retract or a restore of the rows of one counter begins, or continues for some of its requests, or is killed after
   * them. Or the one that has begun is given up. Its interval begins with the first visit of a row.
   */
  | {
      readonly op: 'undo';
      readonly kind: UndoKind;
      readonly counter: number;
      readonly row: number;
      readonly minutes: number;
      readonly calls: number;
      readonly isKilled: boolean;
      readonly isAborted: boolean;
      readonly losesAnswers: boolean;
    }
  /** Rows of an older counter are imported; their first visits were `daysAgo` days ago. */
  | {
      readonly op: 'import';
      readonly row: number;
      readonly count: number;
      readonly daysAgo: number;
    }
  /** The clock of ingest jumps: from now on it is ahead by this many minutes. */
  | { readonly op: 'clock'; readonly minutesAhead: number }
  /** Records expire from the stream before delivery, as after a day without a reader. */
  | { readonly op: 'lose'; readonly shard: number; readonly count: number }
  | { readonly op: 'malformed'; readonly row: number; readonly kind: MalformedKind }
  /** A shard closes and two children open, with sequence numbers unrelated to their parent's. */
  | { readonly op: 'split'; readonly shard: number; readonly numberings: readonly [number, number] }
  /** The event source delivers the next batch of a shard. */
  | ({ readonly op: 'deliver'; readonly shard: number } & Delivery)
  /** A delivered batch is delivered again, split differently and perhaps longer than before. */
  | ({
      readonly op: 'redeliver';
      readonly shard: number;
      readonly back: number;
      /** Whether it is redelivered although the stream should have expired it. */
      readonly isOld: boolean;
    } & Delivery)
  /** A batch fails, and its second part is redelivered before its first. */
  | {
      readonly op: 'leap';
      readonly shard: number;
      readonly size: number;
      readonly skip: number;
      readonly container: number;
    }
  /** Every delivered record that the stream still holds is delivered again. */
  | { readonly op: 'replay'; readonly size: number; readonly container: number }
  /** The final invocation of a tumbling window, without records. */
  | { readonly op: 'emptyWindow'; readonly shard: number; readonly container: number }
  /** The delayed commit of a timed-out invocation reaches DynamoDB. */
  | { readonly op: 'arrive'; readonly commit: number }
  | { readonly op: 'coldStart'; readonly container: number }
  | { readonly op: 'wait'; readonly minutes: number }
  /** Somebody edits a counter: its total, and possibly the number of the current day. */
  | {
      readonly op: 'injectDrift';
      readonly counter: number;
      readonly by: number;
      readonly isToday: boolean;
    }
  /** A rebuild of all counters, or of one, starts, or continues for some of its calls, or is killed after them. */
  | {
      readonly op: 'rebuild';
      readonly run: number;
      readonly counter: number;
      readonly calls: number;
      readonly isKilled: boolean;
      readonly losesAnswers: boolean;
      /** Whether the operator has confirmed that the total is too high. */
      readonly lowersTotal: boolean;
    };

export interface Delivery extends InjectedFault {
  readonly size: number;
  readonly container: number;
}

/** A fault, and the commit attempt of the invocation it applies to, counted from 0 over all counters. */
export interface InjectedFault {
  readonly fault: Fault;
  readonly attempt: number;
}

/** No fault. */
export const NO_FAULT: InjectedFault = { fault: 'none', attempt: 0 };

export type MalformedKind = (typeof MALFORMED_KINDS)[number];
export const MALFORMED_KINDS = ['unknownEvent', 'noImage', 'noKeys', 'noSequence'] as const;

export type Fault = (typeof FAULTS)[number];
export const FAULTS = [
  'none',
  /** The process dies before a commit; commits for other counters may have been sent. */
  'crashBefore',
  /** The process dies after a commit, before it responds. */
  'crashAfter',
  /** The commit's response is lost, and the SDK sends the same request again. */
  'lostAnswer',
  /** DynamoDB throttles, and the SDK gives up. */
  'throttle',
  /** Lambda times the invocation out while its commit is still in flight. */
  'delayedCommit',
  /** A concurrent invocation commits part of the same batch first. */
  'concurrentCommit',
] as const;

/** The number of projector containers, each with its own memory. */
export const CONTAINERS = 3;
