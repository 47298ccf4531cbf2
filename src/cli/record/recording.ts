import type { DynamoDBRecord } from 'aws-lambda';
import type { ResumePoint, ShardPositions } from '../../local/event-source/shard-positions.ts';
import { positionAfter } from '../../tables/shard-position.ts';
import { CommandError } from '../command-error.ts';
import { formatNote, isNote } from '../files/file-mark.ts';
import { openLineFile } from '../files/line-file.ts';
import { parsePiece, readPieces } from '../files/read-pieces.ts';
import { formatRecordedLine } from './recorded-line.ts';

/** Stream records in a file that grows. */
export interface Recording {
  /** Adds records of a shard; when it returns they survive a loss of power. */
  readonly append: (shardId: string, records: readonly DynamoDBRecord[]) => void;
  /**
   * How far each shard is recorded. The file itself says so, and so it never says more than the
   * file holds; behind the last record it is known only while the recording is open.
   */
  readonly positions: ShardPositions;
  readonly close: () => void;
}

/**
 * Opens or makes the recording of a stream. Throws a UsageError when the file is another one, a
 * CommandError when it cannot be read or written.
 */
export const openRecording = async (name: string, streamArn: string): Promise<Recording> => {
  const file = openLineFile(name, { kind: 'recording', of: streamArn });
  const shards = await readPositions(name).catch((error) => {
    file.close();
    throw error;
  });
  const set: ShardPositions['set'] = (shardId, position) => {
    if (position === 'finished') file.append([formatNote('finished', { shardId })]);
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

// A record has a hash of 2 kB at most, three times.
const MAX_LINE_BYTES = 1_000_000;

/** Where the last line of each shard leaves it. */
const readPositions = async (name: string): Promise<Map<string, ResumePoint>> => {
  const shards = new Map<string, ResumePoint>();
  for await (const piece of readPieces(name, MAX_LINE_BYTES)) {
    const parsed = parsePiece(piece);
    const found = 'value' in parsed ? findPosition(parsed.value) : undefined;
    if (found === undefined) throw new CommandError(`${name}:${piece.line} is no stream record`);
    const { shardId, ...point } = found;
    if (shardId !== undefined) shards.set(shardId, point);
  }
  return shards;
};

interface ShardPosition extends ResumePoint {
  /** None in the mark of the file. */
  readonly shardId: string | undefined;
}

const findPosition = (line: unknown): ShardPosition | undefined => {
  if (typeof line !== 'object' || line === null) return undefined;
  const { shardId, dynamodb } = line as DynamoDBRecord & { shardId?: string };
  if (isNote(line)) return { shardId, position: 'finished' };
  const sequence = dynamodb?.SequenceNumber;
  if (shardId === undefined || sequence === undefined) return undefined;
  // DynamoDB tells the second, or the minute, that it wrote the record in.
  const writtenAt = dynamodb?.ApproximateCreationDateTime;
  const reachedMs = writtenAt === undefined ? undefined : (writtenAt + 1) * 1_000;
  return { shardId, position: positionAfter(sequence), reachedMs };
};
