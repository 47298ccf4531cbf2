import { SITE } from '../../domain/counter-name.ts';
import { countOf } from '../console/count-of.ts';
import { HASH_FORMAT, type HashScheme } from './hash-forms.ts';
import type { ImportSums } from './import-state.ts';
import type { SourceSurvey } from './survey-rows.ts';

/** Formats the result of an import as text. */
export const formatImport = (
  { read, inserted, updated, unchanged, rejected, writeUnits }: ImportSums,
  { seconds, rejects }: { readonly seconds: number; readonly rejects: string },
): string =>
  [
    `Rows read        ${read}`,
    `  inserted       ${inserted}`,
    `  updated        ${updated}`,
    `  unchanged      ${unchanged}`,
    `  rejected       ${rejected}${rejected > 0 ? `, see ${rejects}` : ''}`,
    `Write units      ${writeUnits}`,
    `Time             ${seconds.toFixed(1)} s`,
  ].join('\n');

/** Formats the result of a dry run as text, with the problems that would prevent the import. */
export const formatSurvey = (
  { read, importable, rejected }: SourceSurvey,
  problems: readonly string[],
): string =>
  [
    `Rows read         ${read}`,
    `  importable      ${importable}`,
    `  rejected        ${read - importable}`,
    ...Object.entries(rejected).map(([reason, count]) => `    ${count}: ${reason}`),
    'Nothing was written. A dry run does not check which rows already exist.',
    ...problems,
  ].join('\n');

/** Explains why an import would count visitors twice, and what to do; undefined if it would not. */
export const explainHashes = (
  { importable, hashes }: SourceSurvey,
  { scheme, counter }: { readonly scheme: HashScheme; readonly counter: string },
): string | undefined => {
  const foreign = importable - hashes[scheme];
  if (foreign === 0) return undefined;
  const other: HashScheme = scheme === 'sha256' ? 'hmac-sha256' : 'sha256';
  const hint =
    hashes[other] > 0 ? `; ${hashes[other]} look like ${other} (${HASH_FORMAT[other]})` : '';
  if (counter !== SITE) {
    return (
      `${foreign} of ${countOf(importable, 'row')} have hashes that the counter ${counter} never creates: the hash ` +
      'of a visitor covers the name of the counter, so each of these visitors would be counted again on the next ' +
      'visit. Import them anyway with --count-visitors-again'
    );
  }
  return (
    `${foreign} of ${countOf(importable, 'row')} have hashes that this counter never creates${hint}. ` +
    `It uses ${scheme} (${HASH_FORMAT[scheme]}), so each of these visitors would be counted again on ` +
    'the next visit. Set HASH_SCHEME of the counter to the scheme of the rows, or import them anyway ' +
    'with --count-visitors-again'
  );
};
