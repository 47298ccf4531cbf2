import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { LocalResponse } from './handle-request.ts';

/** A file of the page. */
export interface PageFile {
  readonly type: string;
  readonly body: Buffer;
}

/** The file for a request's path, as it is now or was a moment ago. */
export type FindPageFile = (path: string) => Promise<PageFile | undefined>;

/**
 * Serves the files in `folder`, without hidden files and symbolic links. Concurrent requests share
 * one read of the folder, so only a few files are ever open, and none while a response is sent. The
 * lookup rejects with what the file system throws.
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

/** The response with a file of the page; browsers do not keep it, so that changes show. */
export const pageFileResponse = ({ type, body }: PageFile): LocalResponse => ({
  statusCode: 200,
  headers: {
    'Content-Type': type,
    'Content-Length': String(body.length),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  },
  body,
});

const decodePath = (path: string): string | undefined => {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
};

// Keyed by request path. A request's path is only looked up here and never passed to the file system,
// which rules out path traversal.
const readPage = async (folder: string): Promise<ReadonlyMap<string, PageFile>> => {
  const page = new Map<string, PageFile>();
  for (const path of await listFiles(folder, '')) {
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    page.set(path, { type, body: await readFile(join(folder, path)) });
  }
  return page;
};

// Not readdir's `recursive` option, which follows symbolic links.
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
