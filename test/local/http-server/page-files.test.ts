import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { createPageFiles, type FindPageFile } from '../../../src/local/http-server/page-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let folder: string;
let page: FindPageFile;

beforeEach(() => {
  const outside = temporaryFolder();
  folder = join(outside, 'page');
  for (const path of ['.git', 'sub/.hidden', 'sub/empty']) {
    mkdirSync(join(folder, path), { recursive: true });
  }
  const files = ['index.html', 'style.css', 'sub/index.html', 'sub/a b%.js', 'sub/unknown'];
  for (const file of [...files, '.env', '.git/config', 'sub/.hidden/file', '../secret']) {
    writeFileSync(join(folder, file), file);
  }
  symlinkSync(join(outside, 'secret'), join(folder, 'link'));
  symlinkSync(outside, join(folder, 'outside'));
  page = createPageFiles(folder);
});

const read = async (path: string): Promise<string | undefined> =>
  (await page(path))?.body.toString();

it.each([
  { path: '/', file: 'index.html' },
  { path: '/index.html', file: 'index.html' },
  { path: '/style.css', file: 'style.css' },
  { path: '/sub/', file: 'sub/index.html' },
  { path: '/sub/a%20b%25.js', file: 'sub/a b%.js' },
  { path: '/sub/unknown', file: 'sub/unknown' },
])('$path is the file $file', async ({ path, file }) => {
  expect(await read(path)).toBe(file);
});

it.each([
  ...['', '/sub', '/sub/empty/', '/missing', '//', '//index.html', '/./index.html', 'index.html'],
  ...['/%', '/%ff', '/%00', '/index.html%00', '/index.html/', '/*', '*', '/__proto__'],
  // Outside the folder.
  ...['/../secret', '/%2e%2e/secret', '/..%2fsecret', '/sub/../../secret', '/..\\secret'],
  ...['/link', '/outside/secret', '/outside/page/index.html'],
  // Hidden.
  ...['/.env', '/.git/config', '/sub/.hidden/file', '/%2eenv'],
])('%j is not a file of the page', async (path) => {
  expect(await page(path)).toBeUndefined();
});

it('has the content type that a browser expects', async () => {
  expect((await page('/'))?.type).toBe('text/html; charset=utf-8');
  expect((await page('/style.css'))?.type).toBe('text/css; charset=utf-8');
  expect((await page('/sub/unknown'))?.type).toBe('application/octet-stream');
});

it('shows a change at once', async () => {
  await read('/');
  writeFileSync(join(folder, 'index.html'), 'changed');
  rmSync(join(folder, 'style.css'));
  expect(await read('/')).toBe('changed');
  expect(await read('/style.css')).toBeUndefined();
});

it('rejects if the folder cannot be read, and can be read again later', async () => {
  const gone = createPageFiles(join(folder, 'gone'));
  await expect(gone('/')).rejects.toThrow('ENOENT');
  mkdirSync(join(folder, 'gone'));
  expect(await gone('/')).toBeUndefined();
});
