import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { AUTOMATION_RULES } from '../../src/domain/automation.ts';

it('docs/operations.md has a line with a source for each rule on automation, and no other', () => {
  const rows = readFileSync('docs/operations.md', 'utf8').matchAll(
    /^\| `([\w-]+)` \| (\d+) \| it.+ \| \[.+\]\((https:.+)\) \|$/gm,
  );
  const documented = Array.from(rows, ([, name, since, source]) => ({ name, since, source }));
  const code = readFileSync('src/domain/automation.ts', 'utf8');
  expect(documented.map(({ name, since }) => ({ name, since: Number(since) }))).toEqual(
    AUTOMATION_RULES.map(({ name, since }) => ({ name, since })),
  );
  for (const { source = '' } of documented) expect(code).toContain(`// ${source}\n`);
});
