import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** A file of the page. */
export interface PageFile {
  readonly type: string;
  readonly body: Buffer;
}

/** Finds the file that a request's path names, as it is now or was a moment ago. */
export type FindPageFile = (path: string) => Promise<PageFile | undefined>;

/**
 * The page in `folder`, without its hidden files and without what symbolic links lead to. Requests
 * that come while the page is read share that reading, so however many come, a few files are open,
 * and none while an answer is sent. Rejects with what the file system throws.
 */
export const createPageFiles = (folder: string): FindPageFile => {
  let reading: Promise<ReadonlyMap<string, PageFile>> | undefined;
  return async (path) => {
    const name = decodePath(path);
    if (name === undefined) return undefined;
    reading ??= readPage(folder).finally(() => {
      reading = undefined;
    });
    return (await reading).get(name.endsWith('/') ? `${name}index.html` : name);
  };
};

const decodePath = (path: string): string | undefined => {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
};

// By the path in a request. A request's path is looked up here and never given to the file system:
// there is nothing to climb out of.
const readPage = async (folder: string): Promise<ReadonlyMap<string, PageFile>> => {
  const page = new Map<string, PageFile>();
  for (const path of await listFiles(folder, '')) {
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    page.set(path, { type, body: await readFile(join(folder, path)) });
  }
  return page;
};

// Not readdir's own recursion, which follows symbolic links.
const listFiles = async (folder: string, parent: string): Promise<string[]> => {
  const entries = await readdir(join(folder, parent), { withFileTypes: true });
  const listed = entries.filter(({ name }) => !name.startsWith('.')).map(listEntry(folder, parent));
  return (await Promise.all(listed)).flat();
};

const listEntry =
  (folder: string, parent: string) =>
  async (entry: Dirent): Promise<string[]> => {
    const path = `${parent}/${entry.name}`;
    if (entry.isDirectory()) return listFiles(folder, path);
    return entry.isFile() ? [path] : [];
  };

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};
