import { BADGE_PATH, WIDGET_PATH } from '../../http/paths.ts';
import type { RequestHandler } from '../http-server/handle-request.ts';
import { createPageFiles, pageFileResponse } from '../http-server/page-files.ts';
import { publicErrorResponse } from '../http-server/public-error-response.ts';

/**
 * Serves the page in a folder as the site of which the counter is a path: the page loads the widget and the badge from
 * below the prefix. A file that does not exist is a 404. Rejects with what the file system throws.
 */
export const createSite = (pageFolder: string, prefix: string): RequestHandler => {
  const findFile = createPageFiles(pageFolder);
  return async ({ method }, { path }) => {
    if (method !== 'GET' && method !== 'HEAD')
      return publicErrorResponse(405, 'The page only answers GET and HEAD requests.');
    const file = await findFile(path);
    if (file === undefined) return publicErrorResponse(404, 'The site has no such file.');
    const isHtml = file.type.startsWith('text/html');
    return pageFileResponse(isHtml ? { ...file, body: addPrefix(file.body, prefix) } : file);
  };
};

const addPrefix = (html: Buffer, prefix: string): Buffer =>
  Buffer.from(
    [WIDGET_PATH, BADGE_PATH].reduce(
      (text, path) => text.replaceAll(`src="${path}`, `src="${prefix}${path}`),
      html.toString(),
    ),
  );
