import { readFirstVisit } from '../../tables/read-first-visit.ts';
import type { RestoreWork } from './restore-work.ts';
import type { StoredRow } from './stored-row.ts';

/**
 * What a restore does with a row of the source.
 * - `missing`: no row exists, so it comes back.
 * - `present`: the row was not deleted, or is back.
 * - `cameBack`: the visitor has a newer row.
 * - `expired`: it would be deleted again at once.
 * - `marked`: a retract was deleting it, so it was not removed.
 */
export type RowState = 'missing' | 'present' | 'cameBack' | 'expired' | 'marked';

/** Finds out what a restore does with a row. Throws what the SDK throws. */
export const findRow = async (
  { firstAccessed, sessionHash, expiresAt, isMarked }: StoredRow,
  { target, kind, now }: Pick<RestoreWork, 'target' | 'kind' | 'now'>,
): Promise<RowState> => {
  if (expiresAt !== undefined && expiresAt * 1_000 <= now()) return 'expired';
  const existing = await readFirstVisit(target.client, target.sessionsTable, sessionHash);
  if (existing) return existing.firstAccessed === firstAccessed ? 'present' : 'cameBack';
  return isMarked && kind === 'restore' ? 'marked' : 'missing';
};
