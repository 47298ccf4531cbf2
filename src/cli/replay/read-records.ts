import type { DynamoDBRecord } from 'aws-lambda';
import { CommandError } from '../command-error.ts';
import { isMetadata } from '../files/file-header.ts';
import { listFiles } from '../files/list-files.ts';
import type { Piece } from '../files/piece.ts';
import { isBlank, parsePiece, readPieces } from '../files/read-pieces.ts';

/** A record and its shard. */
export interface ShardRecord {
  readonly shardId: string;
  readonly record: DynamoDBRecord;
}

/**
 * Reads the records of files and folders, in no particular order. Throws a UsageError for a file of
 * another command, and a CommandError if a file cannot be read or holds anything but records.
 */
export const readRecords = async (paths: readonly string[]): Promise<ShardRecord[]> => {
  const records: ShardRecord[] = [];
  for (const file of listFiles(paths, 'recording')) {
    for await (const piece of readPieces(file, MAX_EVENT_BYTES)) {
      for (const record of isBlank(piece) ? [] : readPiece(file, piece)) records.push(record);
    }
  }
  return records;
};

// Lambda limits an event to 6 MB, but it may be indented here.
const MAX_EVENT_BYTES = 32_000_000;

const readPiece = (file: string, piece: Piece): ShardRecord[] => {
  const where = `${file}:${piece.line}`;
  const parsed = parsePiece(piece);
  // A kill can truncate the last line; its record is then recorded again.
  if ('problem' in parsed && !piece.isEnded) return [];
  if ('problem' in parsed) throw new CommandError(`${where} is ${parsed.problem}`);
  if (typeof parsed.value === 'object' && parsed.value !== null) {
    return toShardRecords(where, parsed.value);
  }
  throw new CommandError(`${where} is not a record`);
};

const toShardRecords = (where: string, parsed: object): ShardRecord[] => {
  if (isMetadata(parsed)) return [];
  const { shardId, Records } = parsed as { shardId?: unknown; Records?: DynamoDBRecord[] };
  if (typeof shardId !== 'string' || shardId === '') {
    throw new CommandError(
      `${where} has no shardId, so its records cannot be ordered. Lambda sets it if the event source ` +
        'mapping has a tumbling window',
    );
  }
  const records = Array.isArray(Records) ? Records : [parsed as DynamoDBRecord];
  return records.map((record) => ({ shardId, record }));
};
