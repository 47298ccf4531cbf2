import { CLOCK_SKEW_MS } from './clock-skew.ts';
import { DAY_MS } from './utc-day.ts';

/** One visit as it is written to the session row. */
export interface SessionTouch {
  readonly sessionHash: string;
  /** When the visit was seen, ISO 8601 UTC with milliseconds. */
  readonly seenAt: string;
  /** The partition of the index of active sessions, 0 to activeShards - 1. */
  readonly activeShard: number;
  /** When the row may be deleted, epoch seconds; undefined keeps it for ever. */
  readonly expiresAt: number | undefined;
  /** A row whose last visit was then stays as it is; undefined moves every row. */
  readonly skipIfSeenAfter: SeenLately | undefined;
}

/** Later than `after`, and no later than `until`: ISO 8601 UTC. */
export interface SeenLately {
  readonly after: string;
  readonly until: string;
}

/** What decides a row's index partition and lifetime. */
export interface SessionRules {
  readonly activeShards: number;
  /** 0 keeps rows for ever. */
  readonly retentionDays: number;
  /** Visits that follow the last one within less than this leave the row as it is; 0: none do. */
  readonly touchIntervalSeconds: number;
}

/** The write that a visit of `sessionHash` at `nowMs` (epoch milliseconds) asks for. */
export const touchSession = (
  sessionHash: string,
  nowMs: number,
  { activeShards, retentionDays, touchIntervalSeconds }: SessionRules,
): SessionTouch => ({
  sessionHash,
  seenAt: new Date(nowMs).toISOString(),
  activeShard: activeShardOf(sessionHash, activeShards),
  expiresAt: retentionDays === 0 ? undefined : expirySeconds(nowMs, retentionDays),
  skipIfSeenAfter: touchIntervalSeconds === 0 ? undefined : seenLately(nowMs, touchIntervalSeconds),
});

// A last visit that is further ahead than clocks differ was dated by one that was wrong: such a row
// would stay as it is until that time has come, so the next visit moves it back.
const seenLately = (nowMs: number, touchIntervalSeconds: number): SeenLately => ({
  after: new Date(nowMs - touchIntervalSeconds * 1_000).toISOString(),
  until: new Date(nowMs + CLOCK_SKEW_MS).toISOString(),
});

// Chosen by the hash and not by chance, so that a session stays in one partition of the index.
const activeShardOf = (sessionHash: string, activeShards: number): number =>
  Buffer.from(sessionHash).reduce((sum, byte) => (sum * 31 + byte) >>> 0, 0) % activeShards;

const expirySeconds = (nowMs: number, retentionDays: number): number =>
  Math.ceil((nowMs + retentionDays * DAY_MS) / 1000);
