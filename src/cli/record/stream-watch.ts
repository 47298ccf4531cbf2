import type { StreamReader } from '../../local/event-source/stream-reader.ts';

/** What a reader of a stream hears from it. */
export interface StreamWatch {
  /** The same reader, watched. */
  readonly reader: StreamReader;
  /** Notes that records came. */
  readonly noteRecords: () => void;
  /** How long the stream has been read without a record coming, in milliseconds. */
  readonly idleMs: () => number;
  /** For how long no read has succeeded, in milliseconds. */
  readonly silentMs: () => number;
}

/** Watches the reads of a stream by a clock of epoch milliseconds. */
export const watchStream = (reader: StreamReader, now: () => number): StreamWatch => {
  let answeredMs = now();
  let idleSinceMs: number | undefined;
  return {
    reader: {
      ...reader,
      readRecords: async (iterator) => {
        const page = await reader.readRecords(iterator);
        answeredMs = now();
        idleSinceMs ??= answeredMs;
        return page;
      },
    },
    noteRecords: () => {
      idleSinceMs = now();
    },
    // A stream that does not answer is not idle: nobody knows what it holds.
    idleMs: () => (idleSinceMs === undefined ? 0 : answeredMs - idleSinceMs),
    silentMs: () => now() - answeredMs,
  };
};
