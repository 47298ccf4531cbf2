import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fileTable, variablesTable } from '../../../infra/settings/settings-tables.ts';

const withTable = (document: string, table: string): string => {
  const text = readFileSync(document, 'utf8');
  const section = /(?<=<!-- settings -->\n).*(?=<!-- \/settings -->)/s;
  if (!section.test(text)) throw new Error(`${document} has no <!-- settings --> section`);
  return text.replace(section, () => table);
};

// After a change of the definitions: npx vitest run test/infra/settings --update
it.each([
  { document: 'README.md', what: 'environment variables', table: variablesTable },
  { document: 'docs/deploying.md', what: 'settings file', table: fileTable },
])('is the table of the $what in $document, row by row', async ({ document, table }) => {
  await expect(withTable(document, table())).toMatchFileSnapshot(`../../../${document}`);
});
