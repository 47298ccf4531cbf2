import { buildDashboardPage } from '../../../src/local/dashboard/dashboard-bundle.ts';
import type { DashboardData } from '../../../src/local/dashboard/dashboard-data.ts';
import {
  createDashboardRoutes,
  type DashboardPage,
} from '../../../src/local/dashboard/dashboard-routes.ts';
import { serve } from './serve.ts';

/** A served dashboard that the test controls. */
export interface DashboardScene {
  readonly url: string;
  /** What the next request for data gets. */
  read: (rangeMs?: number) => DashboardData;
  /** Whether requests get no response. */
  isDown: boolean;
  /** Resolves when the next request for data was answered. */
  readonly untilRead: () => Promise<void>;
}

let page: Promise<DashboardPage> | undefined;

const loadPage = (): Promise<DashboardPage> => {
  page ??= buildDashboardPage();
  return page;
};

/** Serves the real page with the real routes, until the test ends. */
export const serveDashboard = async (read: DashboardScene['read']): Promise<DashboardScene> => {
  let answered = Promise.withResolvers<void>();
  const state = { read, isDown: false, untilRead: () => answered.promise };
  const routes = createDashboardRoutes({ read: (rangeMs) => state.read(rangeMs), loadPage });
  const url = await serve(async ({ method, url: target = '' }, response) => {
    if (state.isDown) return response.destroy();
    const [path = '', query = ''] = target.split('?');
    const { statusCode, headers, body } = (await routes({ method, path, query })) ?? NOT_FOUND;
    response.writeHead(statusCode, headers).end(body);
    if (path !== '/dashboard/data') return response;
    answered.resolve();
    answered = Promise.withResolvers<void>();
    return response;
  });
  return Object.assign(state, { url });
};

const NOT_FOUND = { statusCode: 404, headers: {}, body: '' };
