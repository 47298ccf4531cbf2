import { formatConditions, formatFindings } from '../format.ts';
import type { PartName } from '../part/part-name.ts';
import type { Results } from '../results.ts';

const BLOCK = /<!-- bench:([\w-]+) -->\n.*?<!-- \/bench -->/gs;

/**
 * The document with each of its marked blocks replaced by these results: the conditions, or the findings
 * of a part. Throws when the results have no such part.
 */
export const fillDocument = (document: string, results: Results): string =>
  document.replaceAll(
    BLOCK,
    (_, name: string) => `<!-- bench:${name} -->\n${contentOf(name, results)}\n<!-- /bench -->`,
  );

const contentOf = (name: string, results: Results): string => {
  if (name === 'conditions') return formatConditions(results);
  const findings = results.parts[name as PartName];
  if (findings) return formatFindings(findings);
  throw new Error(`The results have no part ${name}`);
};
