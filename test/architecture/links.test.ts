import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const DOCUMENTS = globSync(['*.md', 'docs/*.md', '.github/*.md']).sort();
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));

const textOf = (file: string): string => readFileSync(file, 'utf8');

// As GitHub makes an anchor of a heading.
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');

const anchorsIn = (file: string): string[] =>
  [...textOf(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

// Links in code are examples.
const proseOf = (file: string): string =>
  textOf(file).replace(/^```[\s\S]*?^```$|`[^`\n]+`(?!\])/gm, '');

const linksIn = (file: string): string[] =>
  [...proseOf(file).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/g)]
    .map(([, link, source]) => link ?? source ?? '')
    .filter((link) => !/^https?:/.test(link));

const isBroken = (file: string, link: string): boolean => {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? file : join(dirname(file), path);
  if (!existsSync(target)) return true;
  return anchor !== undefined && !anchorsIn(target).includes(anchor);
};

it.each(DOCUMENTS)('%s links only to files and headings that exist', (file) => {
  expect(linksIn(file).filter((link) => isBroken(file, link))).toEqual([]);
});

it.each(DOCUMENTS)('%s names only npm scripts that exist', (file) => {
  const named = [...textOf(file).matchAll(/\bnpm run ([a-z][a-z:-]*[a-z])/g)].map(
    ([, name]) => name,
  );
  expect(named.filter((name) => !Object.hasOwn(scripts, name ?? ''))).toEqual([]);
});

it('finds a link to a heading that is not there', () => {
  expect(isBroken('README.md', 'docs/deploying.md#settings')).toBe(false);
  expect(isBroken('README.md', 'docs/operations.md#no-such-heading')).toBe(true);
  expect(isBroken('README.md', 'docs/nothing.md')).toBe(true);
});
