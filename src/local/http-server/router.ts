import { EDGE_SECRET_HEADER } from '../../http/edge-header-names.ts';
import type { HttpHandler } from '../../http/http-handler.ts';
import { INGEST_PATHS, LEGACY_PATH, QUERY_PATHS } from '../../http/paths.ts';
import type { DashboardRoutes } from '../dashboard/dashboard-routes.ts';
import { toApiEvent } from './api-event.ts';
import type { RequestHandler } from './handle-request.ts';
import { createPageFiles, pageFileResponse } from './page-files.ts';

/** The API's functions. */
export interface ApiFunctions {
  readonly ingest: HttpHandler;
  readonly query: HttpHandler;
  /** Undefined without the legacy route; / is the page then. */
  readonly legacy?: HttpHandler | undefined;
}

/**
 * Routes requests as on AWS: ingest and legacy serve their paths, query all others. The dashboard, which is no part of
 * the API, has its own paths. Files of the page take precedence on paths that no function serves; they are read on each
 * request, so that changes show. A request that an edge forwards is for the API alone, as on AWS.
 */
export const createRouter = (
  { ingest, query, legacy }: ApiFunctions,
  pageFolder: string,
  dashboard?: DashboardRoutes,
): RequestHandler => {
  const findFile = createPageFiles(pageFolder);
  return async (request, target) => {
    const { path, query: parameters } = target;
    // An edge may listen on every address, and must not publish the dashboard, which only this machine can reach.
    const isFromEdge = EDGE_SECRET_HEADER in request.headers;
    const shown = isFromEdge
      ? undefined
      : await dashboard?.({ method: request.method, path, query: parameters });
    if (shown) return shown;
    if (legacy && path === LEGACY_PATH) return legacy(toApiEvent(request, target));
    const isForPage = !isFromEdge && (request.method === 'GET' || request.method === 'HEAD');
    const isForApi = INGEST_PATHS.includes(path) || QUERY_PATHS.includes(path);
    const file = isForPage && !isForApi ? await findFile(path) : undefined;
    if (file) return pageFileResponse(file);
    const handler = INGEST_PATHS.includes(path) ? ingest : query;
    return handler(toApiEvent(request, target));
  };
};
