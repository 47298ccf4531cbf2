import type { DynamoDBRecord } from 'aws-lambda';
import type { ResumePoint, ShardPositions } from '../../local/event-source/shard-positions.ts';
import { positionAfter } from '../../tables/shard-position.ts';
import { CommandError } from '../command-error.ts';
import { formatMetadata, isMetadata } from '../files/file-header.ts';
import { openLineFile } from '../files/line-file.ts';
import { parsePiece, readPieces } from '../files/read-pieces.ts';
import { formatRecordedLine } from './recorded-line.ts';

/** A file to which stream records are appended. */
export interface Recording {
  /** Appends records of a shard; they are on disk when it returns. */
  readonly append: (shardId: string, records: readonly DynamoDBRecord[]) => void;
  /**
   * How far each shard is recorded. Read from the file itself, so it is never ahead of the file. A
   * position after the last record is kept only while the recording is open.
   */
  readonly positions: ShardPositions;
  readonly close: () => void;
}

/**
 * Opens or creates the recording of a stream. Throws a UsageError if the file is something else,
 * and a CommandError if it cannot be read or written.
 */
export const openRecording = async (name: string, streamArn: string): Promise<Recording> => {
  const file = openLineFile(name, { kind: 'recording', of: streamArn });
  const shards = await readPositions(name).catch((error) => {
    file.close();
    throw error;
  });
  const set: ShardPositions['set'] = (shardId, position) => {
    if (position === 'finished') file.append([formatMetadata('finished', { shardId })]);
    shards.set(shardId, { position });
  };
  return {
    append: (shardId, records) =>
      file.append(records.map((record) => formatRecordedLine(shardId, record))),
    positions: {
      isFinished: (shardId) => shards.get(shardId)?.position === 'finished',
      find: async (shardId) => shards.get(shardId) ?? { position: 'start' },
      set,
    },
    close: file.close,
  };
};

// A record contains its hash three times, at most 2 kB each.
const MAX_LINE_BYTES = 1_000_000;

/** The position after the last line of each shard. */
const readPositions = async (name: string): Promise<Map<string, ResumePoint>> => {
  const shards = new Map<string, ResumePoint>();
  for await (const piece of readPieces(name, MAX_LINE_BYTES)) {
    const parsed = parsePiece(piece);
    const found = 'value' in parsed ? findPosition(parsed.value) : undefined;
    if (found === undefined) throw new CommandError(`${name}:${piece.line} is not a stream record`);
    const { shardId, ...point } = found;
    if (shardId !== undefined) shards.set(shardId, point);
  }
  return shards;
};

interface ShardPosition extends ResumePoint {
  /** Undefined in the header of the file. */
  readonly shardId: string | undefined;
}

const findPosition = (line: unknown): ShardPosition | undefined => {
  if (typeof line !== 'object' || line === null) return undefined;
  const { shardId, dynamodb } = line as DynamoDBRecord & { shardId?: string };
  if (isMetadata(line)) return { shardId, position: 'finished' };
  const sequence = dynamodb?.SequenceNumber;
  if (shardId === undefined || sequence === undefined) return undefined;
  // DynamoDB rounds the time down to the second, or to the minute.
  const writtenAt = dynamodb?.ApproximateCreationDateTime;
  const reachedMs = writtenAt === undefined ? undefined : (writtenAt + 1) * 1_000;
  return { shardId, position: positionAfter(sequence), reachedMs };
};
