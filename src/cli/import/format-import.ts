import { countOf } from '../console/count-of.ts';
import { FORM_IN_WORDS, type HashScheme } from './hash-forms.ts';
import type { ImportSums } from './import-state.ts';
import type { SourceSurvey } from './survey-rows.ts';

/** What an import has done, for a reader. */
export const formatImport = (
  { read, inserted, updated, unchanged, rejected, writeUnits }: ImportSums,
  { seconds, rejects }: { readonly seconds: number; readonly rejects: string },
): string =>
  [
    `Rows read        ${read}`,
    `  inserted       ${inserted}`,
    `  updated        ${updated}`,
    `  already there  ${unchanged}`,
    `  rejected       ${rejected}${rejected > 0 ? `, see ${rejects}` : ''}`,
    `Write units      ${writeUnits}`,
    `Time             ${seconds.toFixed(1)} s`,
  ].join('\n');

/** What a dry run has found, for a reader, and why nothing of it would be imported. */
export const formatSurvey = (
  { read, importable, rejected }: SourceSurvey,
  problems: readonly string[],
): string =>
  [
    `Rows read         ${read}`,
    `  can be imported ${importable}`,
    `  rejected        ${read - importable}`,
    ...Object.entries(rejected).map(([reason, count]) => `    ${count}: ${reason}`),
    'Nothing was written. How many of the rows are there already, the import itself tells.',
    ...problems,
  ].join('\n');

/** Why an import would count visitors again, and what to do; undefined when it would not. */
export const explainHashes = (
  { importable, hashes }: SourceSurvey,
  scheme: HashScheme,
): string | undefined => {
  const strange = importable - hashes[scheme];
  if (strange === 0) return undefined;
  const other: HashScheme = scheme === 'sha256' ? 'hmac-sha256' : 'sha256';
  const looks =
    hashes[other] > 0
      ? `; ${hashes[other]} look like those of ${other} (${FORM_IN_WORDS[other]})`
      : '';
  return (
    `Of ${countOf(importable, 'row')}, ${strange} have hashes that this counter never makes${looks}. ` +
    `It hashes by ${scheme} (${FORM_IN_WORDS[scheme]}), so each of these visitors would count once ` +
    `more on the next visit. Give the counter the scheme of the rows (HASH_SCHEME), or import them ` +
    'nevertheless with --count-visitors-again'
  );
};
