import { SITE } from '../../domain/counter-name.ts';
import { type ExportedRow, scanRows } from '../../tables/scan-rows.ts';
import { SESSION } from '../../tables/schema.ts';
import { readSelectedCounters } from '../read-selected-counters.ts';
import type { Target } from '../target/target.ts';
import type { Columns, ExportRecord } from './format-record.ts';

/** The columns of a session row, named as its attributes, so that `import` reads the JSON lines. */
export const ROW_COLUMNS: Columns = [
  ...[SESSION.hash, SESSION.counter, SESSION.firstAccessed, SESSION.lastAccessed],
];

/**
 * The records of the session rows of all counters, or of the one with this name, page by page. Keeps one page in
 * memory. Throws a CommandError after the last page if there is neither a row of that name nor such a counter, and
 * what the SDK throws.
 */
export async function* exportRows(
  target: Target,
  name: string | undefined,
): AsyncGenerator<readonly ExportRecord[]> {
  let hasRows = false;
  for await (const page of scanRows(target.client, target.sessionsTable)) {
    const rows = page.filter(({ counter }) => name === undefined || counter === name);
    hasRows ||= rows.length > 0;
    yield rows.map(toRecord);
  }
  // Only now: its row may be older than its item.
  if (!hasRows && name !== undefined && name !== SITE) await readSelectedCounters(target, name);
}

const toRecord = ({ sessionHash, counter, firstAccessed, lastAccessed }: ExportedRow) => [
  ...[sessionHash, counter, toText(firstAccessed), toText(lastAccessed)],
];

const toText = (time: unknown): string | undefined => (typeof time === 'string' ? time : undefined);
