import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A record in the emulator's own table of them. */
export interface StoredRecord {
  readonly sequence: number;
  readonly kind: string;
  readonly isEmpty: boolean;
}

/** Runs SQL on the emulator's database, beside the emulator. */
export const changeEmulatorFile = (file: string, sql: string): void => {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  database.exec(sql);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
};

/** Makes all that is in the stream so much older. */
export const ageStream = (file: string, hours: number): void =>
  changeEmulatorFile(
    file,
    `UPDATE _stream_records SET created_at = created_at - ${Math.round(hours * 3600)}`,
  );

/** What the emulator's streams hold, in order. */
export const readStoredRecords = (file: string): StoredRecord[] => {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  const rows = database
    .prepare(
      'SELECT sequence_number, event_name, keys_json, new_image, old_image FROM _stream_records',
    )
    .all();
  database.close();
  return rows
    .map(({ sequence_number, event_name, ...images }) => ({
      sequence: Number(sequence_number),
      kind: String(event_name),
      isEmpty: !JSON.stringify(images).includes('session_hash'),
    }))
    .sort((a, b) => a.sequence - b.sequence);
};

/** The files of a folder in which this text is found. */
export const filesWith = (folder: string, text: string): string[] =>
  readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(text));
