import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FOLDERS, type Folder } from './folders.ts';

const rowOf = ({ path, holds, mayImport }: Folder): string => {
  const imports = mayImport.map((place) => `\`${place}\``).join(', ') || 'nothing';
  return `| \`${path}\` | ${holds} | ${imports} |`;
};

const TABLE = ['| folder | holds | may import |', '| --- | --- | --- |', ...FOLDERS.map(rowOf)];

it('ARCHITECTURE.md shows the folders as the import test checks them', () => {
  const text = readFileSync('ARCHITECTURE.md', 'utf8');
  const [, table] = /<!-- folders -->\n([\s\S]*?)\n<!-- \/folders -->/.exec(text) ?? [];
  expect(table).toBe(TABLE.join('\n'));
});
