import { readFileSync, renameSync, writeFileSync } from 'node:fs';

declare const brand: unique symbol;

/** How far a shard was delivered: not at all, to its end, or behind a sequence number. */
export type Position = 'start' | 'finished' | PositionAfter;
export type PositionAfter = string & { readonly [brand]: 'PositionAfter' };

/** The position behind the record with this sequence number, kept as the stream spells it. */
export const positionAfter = (sequenceNumber: string): PositionAfter =>
  sequenceNumber as PositionAfter;

/**
 * How far each shard was delivered, as Lambda keeps it for an event source mapping. It saves
 * work and no more: records that come again are told apart by the projector.
 */
export interface Positions {
  /** `start` for a shard that is not known. */
  readonly get: (shardId: string) => Position;
  readonly set: (shardId: string, position: Position) => void;
}

/** Positions that are forgotten with the process. */
export const createMemoryPositions = (): Positions => positionsOver(new Map(), () => undefined);

/**
 * Positions in `file`, written whole at each change, so that a kill at any moment leaves the old
 * or the new ones. Those of another stream than `streamArn`, or of a file that cannot be read as
 * positions, count as none: then the stream is delivered from its start.
 */
export const createFilePositions = (file: string, streamArn: string): Positions => {
  const shards = readShards(file, streamArn);
  return positionsOver(shards, () => {
    const content = { streamArn, shards: Object.fromEntries(shards) };
    writeFileSync(`${file}.new`, JSON.stringify(content, null, 2));
    renameSync(`${file}.new`, file);
  });
};

const positionsOver = (shards: Map<string, Position>, save: () => void): Positions => ({
  get: (shardId) => shards.get(shardId) ?? 'start',
  set: (shardId, position) => {
    shards.set(shardId, position);
    save();
  },
});

const readShards = (file: string, streamArn: string): Map<string, Position> => {
  try {
    const stored = JSON.parse(readFileSync(file, 'utf8'));
    return new Map(stored.streamArn === streamArn ? Object.entries(stored.shards) : []);
  } catch {
    return new Map();
  }
};
