import type { Interval } from '../../domain/interval.ts';
import type { SessionRules } from '../../domain/session-touch.ts';
import { readIngestSettings } from '../../settings/settings.ts';
import type { CommandContext } from '../command.ts';
import { openSource } from '../import/open-source.ts';
import type { RowSource } from '../import/row-source.ts';
import type { SourceOptions } from '../import/source-options.ts';
import { openUndoWork, type UndoWork } from '../undo/undo-work.ts';
import type { RestoreRequest } from './restore-options.ts';
import { STORED_ROWS } from './stored-row.ts';

/** What the steps of a restore work with. */
export interface RestoreWork extends UndoWork, Pick<CommandContext, 'console' | 'signal'> {
  readonly kind: RestoreRequest['kind'];
  /** Only rows whose first visit lies in it; undefined for all. */
  readonly interval: Interval | undefined;
  readonly source: RowSource;
  readonly rules: SessionRules;
}

/**
 * Opens the counter and the source that the options select. Throws a UsageError if they are the same table, a
 * CommandError if one of them cannot be used, and what the SDK throws.
 */
export const openRestoreWork = async (
  request: RestoreRequest & { readonly source: SourceOptions },
  context: CommandContext,
): Promise<RestoreWork> => {
  const work = await openUndoWork(request, context);
  const { target } = work;
  const { source } = await openSource(request.source, target, STORED_ROWS);
  const env = { ...target.settings, SESSIONS_TABLE: target.sessionsTable };
  const { rules } = readIngestSettings(env);
  const { kind, interval } = request;
  const { console, signal } = context;
  return { ...work, kind, interval, source, rules, console, signal };
};
