import { createReadStream, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { SESSION } from '../../tables/schema.ts';
import { CommandError } from '../command-error.ts';
import { parseRowLine } from './old-row.ts';

/** A row as it is found, or undefined where none can be read, and where that was. */
export interface FoundRow {
  readonly source: string;
  /** From 1; null in a table, which has no order. */
  readonly line: number | null;
  readonly raw: Record<string, unknown> | undefined;
}

/** Neighbouring rows, and the position behind them. */
export interface RowChunk {
  readonly rows: readonly FoundRow[];
  /** JSON; only the source that gave it knows what it means. */
  readonly position: unknown;
}

/** Where rows come from. */
export interface RowSource {
  /** Changes when what it reads does. */
  readonly name: string;
  /** The rows behind a position, or all. Throws a CommandError when they cannot be read on. */
  readonly read: (position: unknown) => AsyncIterable<RowChunk>;
}

const CHUNK_ROWS = 500;

/** The rows of files, or of all files of folders, in the order of their names. */
export const openFiles = (paths: readonly string[]): RowSource => {
  const files = paths.flatMap(listFiles);
  if (files.length === 0) throw new CommandError(`${paths.join(', ')} holds no file of rows`);
  const name = files.map((file) => `${file} ${statSync(file).size} ${statSync(file).mtimeMs}`);
  return { name: name.join('\n'), read: (position) => readFiles(files, Number(position ?? 0)) };
};

const listFiles = (path: string): string[] => {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path).filter((name) => /\.jsonl?(\.gz)?$/.test(name));
    return names.sort().map((name) => join(path, name));
  } catch (cause) {
    throw new CommandError(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
};

async function* readFiles(files: readonly string[], skipped: number): AsyncIterable<RowChunk> {
  let position = 0;
  let rows: FoundRow[] = [];
  try {
    for await (const row of readLines(files)) {
      position += 1;
      if (position > skipped) rows.push(row);
      if (rows.length < CHUNK_ROWS) continue;
      yield { rows, position };
      rows = [];
    }
  } finally {
    // What came before a file broke off is whole.
    yield { rows, position };
  }
}

async function* readLines(files: readonly string[]): AsyncIterable<FoundRow> {
  for (const file of files) yield* readFile(file);
}

async function* readFile(file: string): AsyncIterable<FoundRow> {
  const source = basename(file);
  const stream = createReadStream(file);
  const input = file.endsWith('.gz') ? stream.pipe(createGunzip()) : stream;
  let line = 0;
  try {
    // A stream that fails ends its lines quietly; the error is on the stream itself.
    const failed = new Promise<never>((_, reject) => {
      input.once('error', reject);
      stream.once('error', reject);
    });
    failed.catch(() => undefined);
    for await (const content of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      line += 1;
      if (content.trim() !== '') yield { source, line, raw: parseRowLine(content) };
    }
    if (input.errored ?? stream.errored) await failed;
  } catch (cause) {
    throw new CommandError(
      `${file} cannot be read on behind line ${line}: ${(cause as Error).message}. What was read is ` +
        'imported; run it again with the whole file',
      { cause },
    );
  }
}

/** The rows of another table. Throws a CommandError when it is no table of an older counter. */
export const openTable = async (
  client: DynamoDBDocumentClient,
  tableName: string,
): Promise<RowSource> => {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
  const keys = (Table?.KeySchema ?? []).map(({ AttributeName }) => AttributeName).join(' and ');
  if (keys !== SESSION.hash) {
    throw new CommandError(`The key of ${tableName} must be ${SESSION.hash}, but it is ${keys}`);
  }
  return { name: `table ${tableName}`, read: (position) => readTable(client, tableName, position) };
};

async function* readTable(
  client: DynamoDBDocumentClient,
  TableName: string,
  position: unknown,
): AsyncIterable<RowChunk> {
  const startingToken = position ?? undefined;
  const scan = paginateScan({ client, startingToken, pageSize: CHUNK_ROWS }, { TableName });
  for await (const { Items = [], LastEvaluatedKey } of scan) {
    const rows = Items.map((raw) => ({ source: TableName, line: null, raw }));
    yield { rows, position: LastEvaluatedKey ?? null };
  }
}
