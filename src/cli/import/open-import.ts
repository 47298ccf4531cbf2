import { SITE } from '../../domain/counter-name.ts';
import type { SessionRules } from '../../domain/session-touch.ts';
import { readIngestSettings } from '../../settings/settings.ts';
import { createDynamoDBClock } from '../../tables/dynamodb-clock.ts';
import type { CommandContext } from '../command.ts';
import { openTarget, type Target } from '../target/target.ts';
import type { HashScheme } from './hash-forms.ts';
import type { ImportOptions } from './import-options.ts';
import { OLD_ROWS } from './old-row.ts';
import { openSource } from './open-source.ts';
import type { RowRules } from './parse-rows.ts';
import type { RowSource } from './row-source.ts';

/** An import that is about to start. */
export interface ImportWork extends CommandContext {
  readonly options: ImportOptions;
  readonly target: Target;
  readonly source: RowSource;
  /** The source and the target, for the headers of files. */
  readonly of: string;
  readonly rules: RowRules & SessionRules;
  /** The hash scheme of the counter. */
  readonly scheme: HashScheme;
}

/**
 * Opens the source and the target. Writes nothing. Throws a UsageError if they are the same table,
 * a CommandError if one of them cannot be used, and otherwise what the SDK throws.
 */
export const openImport = async (
  options: ImportOptions,
  context: CommandContext,
): Promise<ImportWork> => {
  const target = await openTarget(options.values, context.env);
  const now = createDynamoDBClock(target.client);
  const { source, into } = await openSource(options.from, target, OLD_ROWS);
  const env = { ...target.settings, SESSIONS_TABLE: target.sessionsTable };
  const { rules, hash } = readIngestSettings(env);
  const suffix = options.counter === SITE ? '' : ` as ${options.counter}`;
  return {
    ...{ ...context, options, target, source, of: `${source.name} into ${into}${suffix}` },
    rules: { ...rules, timeZone: options.timeZone, counter: options.counter, now },
    scheme: hash.scheme,
  };
};
