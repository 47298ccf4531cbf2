import { SITE } from '../../domain/counter-name.ts';
import { type HashScheme, schemeOf } from './hash-forms.ts';
import type { OldRow } from './old-row.ts';
import { parseRows, type RowRules } from './parse-rows.ts';
import type { RowSource } from './row-source.ts';
import { joinAhead, type RowsAhead } from './rows-ahead.ts';

/** What a source contains. */
export interface SourceSurvey {
  readonly read: number;
  readonly importable: number;
  /** The number of rejected rows by reason. */
  readonly rejected: Readonly<Record<string, number>>;
  /** The number of importable rows by the scheme that their hashes look like. */
  readonly hashes: Readonly<Record<HashScheme | 'other', number>>;
  /** Rows with a time in the future; undefined if there are none. */
  readonly ahead: RowsAhead | undefined;
}

export interface SurveyDependencies {
  readonly rules: RowRules;
  readonly signal: AbortSignal;
  readonly onRows: (rows: number) => void;
}

// The hash covers the name of the counter, so a row that gets a name has a hash that no visit will match.
const findScheme = ({ sessionHash, counter }: OldRow, rules: RowRules): HashScheme | 'other' => {
  const isRenamed = counter === undefined && rules.counter !== SITE;
  return isRenamed ? 'other' : (schemeOf(sessionHash) ?? 'other');
};

/**
 * Reads and validates all rows of a source; writes nothing. Throws what the source throws, and the
 * signal's reason if it is interrupted.
 */
export const surveyRows = async (
  source: RowSource,
  { rules, signal, onRows }: SurveyDependencies,
): Promise<SourceSurvey> => {
  const rejected: Record<string, number> = {};
  const hashes = { sha256: 0, 'hmac-sha256': 0, other: 0 };
  let read = 0;
  let ahead: RowsAhead | undefined;
  for await (const { rows } of source.read(undefined)) {
    signal.throwIfAborted();
    const parsed = parseRows(rows, rules);
    ahead = joinAhead(ahead, parsed.ahead);
    for (const result of parsed.results) {
      if (typeof result === 'string') rejected[result] = (rejected[result] ?? 0) + 1;
      else hashes[findScheme(result, rules)] += 1;
    }
    read += rows.length;
    onRows(rows.length);
  }
  const importable = Object.values(hashes).reduce((sum, count) => sum + count, 0);
  return { read, importable, rejected, hashes, ahead };
};
