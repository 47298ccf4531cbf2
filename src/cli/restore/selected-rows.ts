import { type SessionRules, touchSession } from '../../domain/session-touch.ts';
import { counterOfRow } from '../../tables/row-counter.ts';
import { SESSION } from '../../tables/schema.ts';
import type { FoundRow } from '../import/row-source.ts';
import type { RestoreWork } from './restore-work.ts';
import { parseStoredRow, type StoredRow } from './stored-row.ts';

type Selection = Pick<RestoreWork, 'counter' | 'interval' | 'source' | 'signal' | 'rules'>;

/**
 * The rows of the source that a restore is about, chunk by chunk: those of the counter whose first visit lies in the
 * interval, and why others are invalid. Throws what the source throws, and the signal's reason if it is interrupted.
 */
export async function* selectRows(
  selection: Selection,
): AsyncIterable<readonly (StoredRow | string)[]> {
  for await (const { rows } of selection.source.read(undefined)) {
    selection.signal.throwIfAborted();
    yield rows.flatMap((row) => select(row, selection));
  }
}

const select = ({ raw }: FoundRow, selection: Selection): (StoredRow | string)[] => {
  if (typeof raw === 'string') return [raw];
  if (counterOfRow(raw[SESSION.counter]) !== selection.counter) return [];
  const row = parseStoredRow(raw);
  if (typeof row === 'string') return [row];
  return isSelected(row, selection) ? [withExpiry(row, selection.rules)] : [];
};

const isSelected = ({ firstMs }: StoredRow, { interval }: Selection): boolean =>
  interval === undefined ||
  (firstMs >= Date.parse(interval.from) && firstMs < Date.parse(interval.to));

// `export --rows` writes no time of expiry: then the last visit and the settings say it, as they did for the row.
const withExpiry = (row: StoredRow, rules: SessionRules): StoredRow =>
  row.expiresAt === undefined
    ? { ...row, expiresAt: touchSession(row.sessionHash, row.lastMs, rules).expiresAt }
    : row;
