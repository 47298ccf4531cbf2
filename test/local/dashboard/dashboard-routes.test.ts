import { describe, expect, it } from 'vitest';
import { CloudWatchError } from '../../../src/local/cloudwatch/cloudwatch-error.ts';
import type { DashboardData } from '../../../src/local/dashboard/dashboard-data.ts';
import {
  createDashboardRoutes,
  type DashboardSources,
} from '../../../src/local/dashboard/dashboard-routes.ts';

const DAY_MS = 86_400_000;

const dashboardOver = (rangeMs: number): DashboardData => ({
  ...{ name: 'blog', now: 0, rangeMs },
  ...{ widgets: [], alarms: [], changes: [], onAwsOnly: [] },
});

const ask = async (target: string, sources: Partial<DashboardSources> = {}, method = 'GET') => {
  const routes = createDashboardRoutes({
    read: (rangeMs = DAY_MS) => dashboardOver(rangeMs),
    loadPage: async () => ({ html: '<p>', script: 'let a', style: 'p {}' }),
    ...sources,
  });
  const [path = '', query = ''] = target.split('?');
  return await routes({ method, path, query });
};

const dataAt = async (target: string, sources?: Partial<DashboardSources>) => {
  const response = await ask(target, sources);
  return { status: response?.statusCode, data: JSON.parse(response?.body ?? '') };
};

describe('the page of the dashboard', () => {
  it.each([
    ['/dashboard', 'text/html; charset=utf-8', '<p>'],
    ['/dashboard/dashboard.js', 'text/javascript; charset=utf-8', 'let a'],
    ['/dashboard/dashboard.css', 'text/css; charset=utf-8', 'p {}'],
  ])('has %s', async (path, type, body) => {
    expect(await ask(path)).toMatchObject({
      statusCode: 200,
      headers: { 'Content-Type': type },
      body,
    });
  });

  it('allows no inline code and no other origin', async () => {
    const { headers } = (await ask('/dashboard')) ?? {};
    const policy = headers?.['Content-Security-Policy'];
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).not.toMatch(/unsafe|http|\*/);
  });

  it('is loaded once', async () => {
    let loads = 0;
    const routes = createDashboardRoutes({
      read: () => dashboardOver(DAY_MS),
      loadPage: async () => ({ html: `${++loads}`, script: '', style: '' }),
    });
    const request = { method: 'GET', path: '/dashboard', query: '' };
    await routes(request);
    expect(await routes(request)).toMatchObject({ body: '1' });
  });

  it('is loaded again after a failure', async () => {
    let loads = 0;
    const routes = createDashboardRoutes({
      read: () => dashboardOver(DAY_MS),
      loadPage: async () => {
        loads += 1;
        if (loads === 1) throw new Error('esbuild failed');
        return { html: '<p>', script: '', style: '' };
      },
    });
    const request = { method: 'GET', path: '/dashboard', query: '' };
    await expect(routes(request)).rejects.toThrow('esbuild failed');
    expect(await routes(request)).toMatchObject({ statusCode: 200 });
  });

  it('leaves all other paths to others', async () => {
    expect(await ask('/dashboards')).toBeUndefined();
    expect(await ask('/')).toBeUndefined();
  });

  it('has nothing else', async () => {
    expect(await ask('/dashboard/other')).toMatchObject({
      statusCode: 404,
      body: expect.stringContaining('the dashboard is at /dashboard.'),
    });
  });

  it('can only be read', async () => {
    expect(await ask('/dashboard', {}, 'POST')).toMatchObject({
      statusCode: 405,
      headers: { Allow: 'GET, HEAD' },
    });
  });
});

describe('the data of the dashboard', () => {
  it('has the range of the dashboard without a parameter', async () => {
    expect(await dataAt('/dashboard/data')).toMatchObject({
      status: 200,
      data: { rangeMs: DAY_MS },
    });
  });

  it.each([
    ['1h', DAY_MS / 24],
    ['3h', DAY_MS / 8],
    ['12h', DAY_MS / 2],
    ['1d', DAY_MS],
    ['1w', 7 * DAY_MS],
  ])('has the range %s on request', async (range, rangeMs) => {
    expect(await dataAt(`/dashboard/data?range=${range}`)).toMatchObject({
      ...{ status: 200, data: { rangeMs } },
    });
  });

  it.each(['', '1', '2h', 'toString', '1D'])('does not have the range %j', async (range) => {
    expect(await dataAt(`/dashboard/data?range=${range}`)).toEqual({
      status: 400,
      data: {
        message: `The range ${JSON.stringify(range)} is unknown; expected one of 1h, 3h, 12h, 1d, 1w.`,
      },
    });
  });

  it('says that the counter is starting', async () => {
    const data: DashboardData = { status: 'starting', message: 'The counter is starting.' };
    expect(await dataAt('/dashboard/data', { read: () => data })).toEqual({ status: 503, data });
  });

  it('says what CloudWatch cannot show', async () => {
    const read = (): never => {
      throw new CloudWatchError('The widget is unknown.');
    };
    expect(await dataAt('/dashboard/data', { read })).toEqual({
      status: 503,
      data: { status: 'unavailable', message: 'The widget is unknown.' },
    });
  });
});
