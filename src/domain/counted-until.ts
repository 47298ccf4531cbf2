import { activeWindow } from './active-window.ts';
import type { Counter } from './counter.ts';

/** The part of the counter that says what its total may contain. */
export type CountedCounter = Pick<Counter, 'checkpoints' | 'watermark' | 'rebuilt'>;

// DynamoDB rounds the time of a record down to a second, and its clock may be a second behind ingest's.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html
const MARGIN_MS = 2_000;

/**
 * A time that every session in the total was first seen before, ISO 8601 UTC: a session that was first
 * seen at or after it is not in the total yet. Never earlier than the active window, so that it does not
 * tell when a quiet counter had its last new visitor. `readUntilMs` is when the counter had been read, epoch
 * milliseconds.
 */
export const countedUntil = (
  { checkpoints, watermark, rebuilt }: CountedCounter,
  readUntilMs: number,
  activeWindowMinutes: number,
): string => {
  // A record without a time may be as new as the reading.
  const recorded = [...checkpoints.values()].map(({ at }) =>
    at ? at * 1_000 + MARGIN_MS : readUntilMs,
  );
  const { from } = activeWindow(readUntilMs, activeWindowMinutes);
  const corrected = rebuilt ? Date.parse(rebuilt.cutoff) : 0;
  const times = [...recorded, watermark * 1_000 + MARGIN_MS, corrected, Date.parse(from)];
  return new Date(Math.max(...times)).toISOString();
};
