import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A stream record, as the emulator stores it. */
export interface StoredRecord {
  readonly sequence: number;
  readonly kind: string;
  readonly isEmpty: boolean;
}

/** Runs SQL on the emulator's database while the emulator may be running. */
export const changeEmulatorFile = (file: string, sql: string): void => {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  database.exec(sql);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
};

/** Makes every record of the stream older by this much. */
export const ageStream = (file: string, hours: number): void =>
  changeEmulatorFile(
    file,
    `UPDATE _stream_records SET created_at = created_at - ${Math.round(hours * 3600)}`,
  );

/** The records of the emulator's streams, in order. */
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

/** The files of a folder that contain this text. */
export const filesWith = (folder: string, text: string): string[] =>
  readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(text));
