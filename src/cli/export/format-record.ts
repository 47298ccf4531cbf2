/** How an export is written. */
export type ExportFormat = 'csv' | 'jsonl';

/** The names of the columns, in order. */
export type Columns = readonly string[];

/** The values of a record, in the order of the columns; undefined where it has none. */
export type ExportRecord = readonly (string | number | undefined)[];

/** Formats records with their line ends. */
export interface RecordFormat {
  /** The line before the first record, or nothing. */
  readonly header: string;
  readonly format: (record: ExportRecord) => string;
}

/**
 * The format of records with these columns. CSV is that of RFC 4180: a header line, commas, CRLF, and quotes around a
 * value with a comma, a quote or a line break. JSON lines leave out a value that is undefined.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export const createRecordFormat = (format: ExportFormat, columns: Columns): RecordFormat =>
  format === 'csv'
    ? { header: csvLine(columns), format: csvLine }
    : { header: '', format: (record) => jsonLine(columns, record) };

const csvLine = (values: ExportRecord): string => `${values.map(csvValue).join(',')}\r\n`;

const NEEDS_QUOTES = /[",\r\n]/;

const csvValue = (value: string | number | undefined = ''): string => {
  const text = String(value);
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const jsonLine = (columns: Columns, record: ExportRecord): string =>
  `${JSON.stringify(Object.fromEntries(columns.map((name, index) => [name, record[index]])))}\n`;
