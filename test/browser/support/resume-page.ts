import { readFileSync } from 'node:fs';
import { createPageFiles } from '../../../src/local/http-server/page-files.ts';
import { serve } from './serve.ts';

const FOLDER = 'examples/resume';

/** Serves the resume page on its own origin, with the script of this API; returns its URL. */
export const serveResumePage = (api: string, headers: Record<string, string> = {}) => {
  const html = readFileSync(`${FOLDER}/index.html`, 'utf8');
  const page = html
    .replace('src="/widget.js"', `src="${api}/widget.js"`)
    .replace('src="/badge', `src="${api}/badge`);
  const findFile = createPageFiles(FOLDER);
  return serve(async ({ url = '' }, response) => {
    const file = await findFile(url);
    if (file === undefined) return response.writeHead(404).end();
    const own = url === '/' ? headers : {};
    response.writeHead(200, { 'Content-Type': file.type, ...own });
    return response.end(url === '/' ? page : file.body);
  });
};
