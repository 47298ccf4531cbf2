import { type HashScheme, schemeOf } from './hash-forms.ts';
import { parseRows, type RowRules } from './parse-rows.ts';
import type { RowSource } from './row-source.ts';
import { joinAhead, type RowsAhead } from './rows-ahead.ts';

/** What a source holds. */
export interface SourceSurvey {
  readonly read: number;
  readonly importable: number;
  /** How many rows are rejected for each reason. */
  readonly rejected: Readonly<Record<string, number>>;
  /** How many importable rows have hashes that look like each scheme's, or like none's. */
  readonly hashes: Readonly<Record<HashScheme | 'other', number>>;
  /** Rows with a time in the future; undefined when there is none. */
  readonly ahead: RowsAhead | undefined;
}

export interface SurveyDependencies {
  readonly rules: RowRules;
  readonly signal: AbortSignal;
  readonly onRows: (rows: number) => void;
}

/**
 * Reads a source to its end and judges its rows; writes nothing. Throws what the source throws, and
 * the signal's reason.
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
    const judged = parseRows(rows, rules);
    ahead = joinAhead(ahead, judged.ahead);
    for (const verdict of judged.verdicts) {
      if (typeof verdict === 'string') rejected[verdict] = (rejected[verdict] ?? 0) + 1;
      else hashes[schemeOf(verdict.sessionHash) ?? 'other'] += 1;
    }
    read += rows.length;
    onRows(rows.length);
  }
  const importable = Object.values(hashes).reduce((sum, count) => sum + count, 0);
  return { read, importable, rejected, hashes, ahead };
};
