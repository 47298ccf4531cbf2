import { readFileSync } from 'node:fs';
import sirv from 'sirv';
import { serve } from './serve.ts';

const FOLDER = 'examples/resume';

/** The resume page on an origin of its own, with the script of this API; its address. */
export const serveResumePage = (api: string, headers: Record<string, string> = {}) => {
  const html = readFileSync(`${FOLDER}/index.html`, 'utf8');
  const page = html
    .replace('src="/widget.js"', `src="${api}/widget.js"`)
    .replace('src="/badge', `src="${api}/badge`);
  const serveFile = sirv(FOLDER, { dev: true });
  return serve((request, response) => {
    if (request.url !== '/') return serveFile(request, response);
    response.writeHead(200, { 'Content-Type': 'text/html', ...headers }).end(page);
  });
};
