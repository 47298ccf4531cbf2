import { type ActivePartition, partitionOf } from './active-partition.ts';
import { CLOCK_SKEW_MS } from './clock-skew.ts';
import { SITE } from './counter-name.ts';
import { DAY_MS } from './utc-day.ts';

/** A visit, as it is written to the session row. */
export interface SessionTouch {
  readonly sessionHash: string;
  /** The counter that it belongs to. */
  readonly counter: string;
  /** When the visit was seen, ISO 8601 UTC with milliseconds. */
  readonly seenAt: string;
  /** The partition of the index of active sessions. */
  readonly activeShard: ActivePartition;
  /** When the row may be deleted, epoch seconds; undefined keeps it forever. */
  readonly expiresAt: number | undefined;
  /** A row that was last seen within this interval is left unchanged; undefined always updates the row. */
  readonly skipIfSeenAfter: SeenInterval | undefined;
  /** Whether the visit may not start a session: without a row, nothing is written. */
  readonly onlyIfExists?: boolean;
}

/** After `after`, and at or before `until`; ISO 8601 UTC. */
export interface SeenInterval {
  readonly after: string;
  readonly until: string;
}

/** The settings that determine a row's index partition, lifetime and updates. */
export interface SessionRules {
  readonly activeShards: number;
  /** 0 keeps rows forever. */
  readonly retentionDays: number;
  /** A repeat visit within this interval does not update the row; 0 updates it on every visit. */
  readonly touchIntervalSeconds: number;
}

/** The write for a visit of `sessionHash` at `nowMs` (epoch milliseconds). */
export const touchSession = (
  sessionHash: string,
  nowMs: number,
  { activeShards, retentionDays, touchIntervalSeconds }: SessionRules,
  counter: string = SITE,
): SessionTouch => ({
  ...{ sessionHash, counter },
  seenAt: new Date(nowMs).toISOString(),
  activeShard: partitionOf(counter, sessionHash, activeShards),
  expiresAt: retentionDays === 0 ? undefined : expirySeconds(nowMs, retentionDays),
  skipIfSeenAfter:
    touchIntervalSeconds === 0 ? undefined : recentlySeen(nowMs, touchIntervalSeconds),
});

// The upper bound is for a row that a wrong clock dated far ahead: the next visit corrects it. Without the
// bound, the row would stay unchanged until that time.
const recentlySeen = (nowMs: number, touchIntervalSeconds: number): SeenInterval => ({
  after: new Date(nowMs - touchIntervalSeconds * 1_000).toISOString(),
  until: new Date(nowMs + CLOCK_SKEW_MS).toISOString(),
});

const expirySeconds = (nowMs: number, retentionDays: number): number =>
  Math.ceil((nowMs + retentionDays * DAY_MS) / 1000);
