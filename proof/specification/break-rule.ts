import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import type { BrokenRule } from './broken-rules.ts';
import type { Specification } from './next-states.ts';

const FILE = new URL('./counter-specification.ts', import.meta.url);

/** The specification with one rule broken. Throws unless the rule's text occurs exactly once. */
export const breakRule = async ({ rule, find, replace }: BrokenRule): Promise<Specification> => {
  const parts = readFileSync(FILE, 'utf8').split(find);
  if (parts.length !== 2) throw new Error(`The text of "${rule}" occurs ${parts.length - 1} times`);
  // A module loaded from text cannot resolve relative imports.
  const text = parts.join(replace).replaceAll("'./", `'${new URL('.', import.meta.url)}`);
  return import(`data:text/javascript,${encodeURIComponent(stripTypeScriptTypes(text))}`);
};
