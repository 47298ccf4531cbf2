import { createReadStream, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import type { DynamoDBRecord } from 'aws-lambda';
import { CommandError } from '../command-error.ts';

/** A record and the shard that it is of. */
export interface PlacedRecord {
  readonly shardId: string;
  readonly record: DynamoDBRecord;
}

/** The records of a file or of all files of a folder, in no order. Throws a CommandError. */
export const readRecords = async (path: string): Promise<PlacedRecord[]> => {
  const files = listFiles(path);
  if (files.length === 0) throw new CommandError(`${path} holds no file of records`);
  const records = await Promise.all(files.map(readFile));
  return records.flat();
};

const listFiles = (path: string): string[] => {
  try {
    if (!statSync(path).isDirectory()) return [path];
  } catch (cause) {
    throw new CommandError(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
  const isRecords = (name: string): boolean => /\.jsonl?(\.gz)?$/.test(name);
  return readdirSync(path)
    .filter(isRecords)
    .sort()
    .map((name) => join(path, name));
};

const readFile = async (file: string): Promise<PlacedRecord[]> => {
  const stream = createReadStream(file);
  try {
    return parseRecords(
      file,
      await text(file.endsWith('.gz') ? stream.pipe(createGunzip()) : stream),
    );
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    throw new CommandError(`${file} is not whole: ${(cause as Error).message}`, { cause });
  }
};

// A Lambda event, or lines of records or of such events.
const parseRecords = (file: string, content: string): PlacedRecord[] => {
  const whole = parseJson(content);
  if (whole !== undefined) return placeRecords(`${file}:1`, whole);
  const lines = content.split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    const parsed = parseJson(line);
    if (parsed !== undefined) return placeRecords(`${file}:${index + 1}`, parsed);
    // A kill may tear the last line, and its record is recorded anew.
    if (index === lines.length - 1) return [];
    throw new CommandError(`${file}:${index + 1} is no JSON`);
  });
};

const parseJson = (line: string): object | undefined => {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
};

const placeRecords = (where: string, parsed: object): PlacedRecord[] => {
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
