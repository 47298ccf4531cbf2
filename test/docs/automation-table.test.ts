import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { AUTOMATION_RULES } from '../../src/domain/automation.ts';

const DOCUMENT = 'docs/operations.md';

const TABLE = [
  '| rule | from version | a request is refused if | source |',
  '| --- | --- | --- | --- |',
  ...AUTOMATION_RULES.map(
    ({ name, since, meaning, source }) =>
      `| \`${name}\` | ${since} | ${meaning} | [${new URL(source).hostname}](${source}) |`,
  ),
].join('\n');

// After a change of the rules: npx vitest run test/docs/automation-table --update
it('has a line for each rule on automation', async () => {
  const text = readFileSync(DOCUMENT, 'utf8');
  const section = /(?<=<!-- automation -->\n).*(?=<!-- \/automation -->)/s;
  expect(text).toMatch(section);
  const expected = text.replace(section, () => `${TABLE}\n`);
  await expect(expected).toMatchFileSnapshot(`../../${DOCUMENT}`);
});
