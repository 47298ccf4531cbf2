import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Position, Positions } from '../../local/event-source/positions.ts';

interface StoredPositions {
  readonly streamArn: string;
  /** When this was written, epoch milliseconds; missing in older files. */
  readonly writtenMs?: number | undefined;
  readonly shards: Readonly<Record<string, Position>>;
}

/**
 * Positions in `file`, written whole at each change, so that a kill at any moment leaves the old
 * or the new ones. Those of another stream than `streamArn`, or of a file that cannot be read as
 * positions, count as none: then the stream is delivered from its start.
 */
export const createFilePositions = (file: string, streamArn: string): Positions => {
  const stored = readStored(file, streamArn);
  const shards = new Map(Object.entries(stored.shards));
  let reachedMs = stored.writtenMs;
  return {
    isFinished: (shardId) => shards.get(shardId) === 'finished',
    find: async (shardId) => ({ position: shards.get(shardId) ?? 'start', reachedMs }),
    set: (shardId, position) => {
      shards.set(shardId, position);
      reachedMs = Date.now();
      save(file, { streamArn, writtenMs: reachedMs, shards: Object.fromEntries(shards) });
    },
  };
};

const save = (file: string, content: StoredPositions): void => {
  writeFileSync(`${file}.new`, JSON.stringify(content, null, 2));
  renameSync(`${file}.new`, file);
};

const readStored = (file: string, streamArn: string): StoredPositions => {
  try {
    const stored: StoredPositions = JSON.parse(readFileSync(file, 'utf8'));
    if (stored.streamArn === streamArn) return { ...stored, shards: { ...stored.shards } };
  } catch {
    // Not there, or torn by something else than this.
  }
  return { streamArn, shards: {} };
};
