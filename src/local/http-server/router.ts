import type { HttpHandler } from '../../http/http-handler.ts';
import {
  BADGE_PATH,
  COUNTS_PATH,
  HISTORY_PATH,
  OPENAPI_PATH,
  OWN_SESSION_PATH,
  SESSIONS_PATH,
  WIDGET_PATH,
} from '../../http/paths.ts';
import { toApiEvent } from './api-event.ts';
import type { Answer, Respond } from './handle-request.ts';
import { createPageFiles, type PageFile } from './page-files.ts';

/** The functions behind the API. */
export interface ApiFunctions {
  readonly ingest: HttpHandler;
  readonly query: HttpHandler;
}

const INGEST_PATHS: ReadonlySet<string> = new Set([SESSIONS_PATH, OWN_SESSION_PATH]);
const QUERY_PATHS: ReadonlySet<string> = new Set([
  ...[COUNTS_PATH, HISTORY_PATH, BADGE_PATH, WIDGET_PATH, OPENAPI_PATH],
]);

/**
 * Answers as deployed: ingest has its paths, query all the others. But where no function has a
 * route the files of the page come first; they are read anew for each request, so that a change
 * shows.
 */
export const createRouter = ({ ingest, query }: ApiFunctions, pageFolder: string): Respond => {
  const findFile = createPageFiles(pageFolder);
  return async (request, target) => {
    const { path } = target;
    const isForPage = request.method === 'GET' || request.method === 'HEAD';
    const isForApi = INGEST_PATHS.has(path) || QUERY_PATHS.has(path);
    const file = isForPage && !isForApi ? await findFile(path) : undefined;
    if (file) return fileAnswer(file);
    const handler = INGEST_PATHS.has(path) ? ingest : query;
    return handler(toApiEvent(request, target));
  };
};

const fileAnswer = ({ type, body }: PageFile): Answer => ({
  statusCode: 200,
  headers: {
    'Content-Type': type,
    'Content-Length': String(body.length),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  },
  body,
});
