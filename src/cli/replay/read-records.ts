import type { DynamoDBRecord } from 'aws-lambda';
import { CommandError } from '../command-error.ts';
import { isMetadata } from '../files/file-header.ts';
import { listFiles } from '../files/list-files.ts';
import type { Piece } from '../files/piece.ts';
import { isBlank, parsePiece, readPieces } from '../files/read-pieces.ts';

/** A record and the shard that it is of. */
export interface ShardRecord {
  readonly shardId: string;
  readonly record: DynamoDBRecord;
}

/** The records of files and of all files of folders, in no order. Throws a CommandError. */
export const readRecords = async (paths: readonly string[]): Promise<ShardRecord[]> => {
  const records: ShardRecord[] = [];
  for (const file of listFiles(paths, 'recording')) {
    for await (const piece of readPieces(file, MAX_EVENT_BYTES)) {
      for (const record of isBlank(piece) ? [] : readPiece(file, piece)) records.push(record);
    }
  }
  return records;
};

// Lambda's own limit for an event is 6 MB, however it is printed here.
const MAX_EVENT_BYTES = 32_000_000;

const readPiece = (file: string, piece: Piece): ShardRecord[] => {
  const where = `${file}:${piece.line}`;
  const parsed = parsePiece(piece);
  // A kill may tear the last line, and its record is recorded anew.
  if ('problem' in parsed && !piece.isEnded) return [];
  if ('problem' in parsed) throw new CommandError(`${where} is ${parsed.problem}`);
  if (typeof parsed.value === 'object' && parsed.value !== null) {
    return placeRecords(where, parsed.value);
  }
  throw new CommandError(`${where} is no record`);
};

const placeRecords = (where: string, parsed: object): ShardRecord[] => {
  if (isMetadata(parsed)) return [];
  const { shardId, Records } = parsed as { shardId?: unknown; Records?: DynamoDBRecord[] };
  if (typeof shardId !== 'string' || shardId === '') {
    throw new CommandError(
      `${where} names no shardId, so its records cannot be told from others. Lambda gives it when ` +
        'the mapping has a tumbling window',
    );
  }
  const records = Array.isArray(Records) ? Records : [parsed as DynamoDBRecord];
  return records.map((record) => ({ shardId, record }));
};
