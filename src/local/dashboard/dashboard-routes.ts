import { errorResponse, type HttpResponse, jsonResponse } from '../../http/http-response.ts';
import { CloudWatchError } from '../cloudwatch/cloudwatch-error.ts';
import type { DashboardData } from './dashboard-data.ts';
import { RANGES } from './ranges.ts';

/** The files of the page. */
export interface DashboardPage {
  readonly html: string;
  readonly script: string;
  readonly style: string;
}

/** What a response depends on; `query` is without the question mark. */
export interface DashboardRequest {
  readonly method: string | undefined;
  readonly path: string;
  readonly query: string;
}

/** The response to a request; undefined for a path that is not one of the dashboard. */
export type DashboardRoutes = (request: DashboardRequest) => Promise<HttpResponse | undefined>;

export interface DashboardSources {
  /** The dashboard now, with another range than its own if given, in milliseconds. */
  readonly read: (rangeMs?: number) => DashboardData;
  /** Called at the first request for a file of the page; again at the next one if it rejects. */
  readonly loadPage: () => Promise<DashboardPage>;
}

/** The path of the page; everything below it belongs to the page too. */
export const DASHBOARD_PATH = '/dashboard';

/**
 * Answers `/dashboard` and the paths below it: the page, its script and style, and `/dashboard/data?range=1d`, the
 * data as JSON. Without `range`, the dashboard has its own range. A CloudWatchError of `read` becomes a 503 with its
 * message. Rejects if the page cannot be loaded.
 */
export const createDashboardRoutes = ({ read, loadPage }: DashboardSources): DashboardRoutes => {
  let loading: Promise<DashboardPage> | undefined;
  const load = async (): Promise<DashboardPage> => {
    loading ??= loadPage();
    try {
      return await loading;
    } catch (error) {
      loading = undefined;
      throw error;
    }
  };
  return async ({ method = 'GET', path, query }) => {
    if (path !== DASHBOARD_PATH && !path.startsWith(`${DASHBOARD_PATH}/`)) return undefined;
    if (method !== 'GET' && method !== 'HEAD') return methodNotAllowed(method);
    if (path === `${DASHBOARD_PATH}/data`) return dataResponse(read, query);
    const file = FILES[path];
    return file ? fileResponse(file.type, file.bodyOf(await load())) : notFound(path);
  };
};

const FILES: Readonly<
  Record<string, { readonly type: string; readonly bodyOf: (page: DashboardPage) => string }>
> = {
  [DASHBOARD_PATH]: { type: 'text/html', bodyOf: ({ html }) => html },
  [`${DASHBOARD_PATH}/dashboard.js`]: { type: 'text/javascript', bodyOf: ({ script }) => script },
  [`${DASHBOARD_PATH}/dashboard.css`]: { type: 'text/css', bodyOf: ({ style }) => style },
};

const SECURITY_POLICY = [
  ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'"],
  ...['img-src data:', "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
  ...["require-trusted-types-for 'script'", "trusted-types 'none'"],
].join('; ');

const fileResponse = (type: string, body: string): HttpResponse => ({
  statusCode: 200,
  headers: {
    'Content-Type': `${type}; charset=utf-8`,
    'Cache-Control': 'no-store',
    'Content-Security-Policy': SECURITY_POLICY,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  },
  body,
});

const dataResponse = (read: DashboardSources['read'], query: string): HttpResponse => {
  const range = new URLSearchParams(query).get('range');
  if (range !== null && !Object.hasOwn(RANGES, range)) return unknownRange(range);
  const data = readOrExplain(() => read(range === null ? undefined : RANGES[range]));
  return jsonResponse('status' in data ? 503 : 200, data, { 'X-Content-Type-Options': 'nosniff' });
};

const readOrExplain = (read: () => DashboardData): DashboardData => {
  try {
    return read();
  } catch (error) {
    if (error instanceof CloudWatchError) return { status: 'unavailable', message: error.message };
    throw error;
  }
};

const unknownRange = (range: string): HttpResponse =>
  errorResponse(
    400,
    `The range ${JSON.stringify(range)} is unknown; expected one of ${Object.keys(RANGES).join(', ')}.`,
  );

const methodNotAllowed = (method: string): HttpResponse =>
  errorResponse(405, `The dashboard can only be read; expected GET, not ${method}.`, {
    Allow: 'GET, HEAD',
  });

const notFound = (path: string): HttpResponse =>
  errorResponse(404, `There is nothing at ${path}; the dashboard is at ${DASHBOARD_PATH}.`);
