import { expect, onTestFinished, vi } from 'vitest';
import { type CounterBehindEdge, startBehindEdge } from '../../src/local/edge/start-behind-edge.ts';
import {
  type LocalCounter,
  type LocalCounterOptions,
  startLocalCounter,
} from '../../src/local/local-counter.ts';
import { buildWidget } from '../../src/local/widget-bundle.ts';
import type { Environment } from '../../src/settings/readers.ts';
import { browser } from './browsers.ts';
import { ownTables } from './own-tables.ts';

export interface RunOptions {
  /** Undefined picks any free port. */
  readonly port?: number;
  /** Undefined keeps everything in memory. */
  readonly dataFolder?: string;
  readonly pageFolder?: string;
  readonly hasLegacyRoute?: boolean;
  readonly env?: Environment;
  readonly timing?: LocalCounterOptions['timing'];
}

const toOptions = ({
  port = 0,
  dataFolder,
  pageFolder = 'examples/resume',
  hasLegacyRoute = false,
  env,
  timing,
}: RunOptions): LocalCounterOptions => ({
  port,
  dataFolder,
  pageFolder,
  hasLegacyRoute,
  loadWidget: buildWidget,
  timing,
  env: {
    AWS_ENDPOINT_URL_DYNAMODB: process.env.AWS_ENDPOINT_URL_DYNAMODB,
    ...ownTables(),
    ...env,
  },
});

/** The complete local counter on a free port, stopped after the test. */
export const runLocalCounter = async (run: RunOptions = {}): Promise<LocalCounter> => {
  const counter = await startLocalCounter(toOptions(run));
  onTestFinished(counter.stop);
  return counter;
};

/** The same behind an edge with this clock (epoch milliseconds), stopped after the test. */
export const runBehindEdge = async ({
  now,
  ...run
}: RunOptions & { readonly now?: () => number } = {}): Promise<CounterBehindEdge> => {
  const counter = await startBehindEdge({ ...toOptions(run), ...(now && { now }) });
  onTestFinished(counter.stop);
  return counter;
};

/** A page load of a browser. */
export const visit = async (
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; body: unknown }> => {
  const response = await fetch(`${url}/sessions`, {
    method: 'POST',
    headers: { 'user-agent': browser(), ...headers },
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
};

/** The current response of GET /counts. */
export const countsOf = async (url: string): Promise<unknown> =>
  (await fetch(`${url}/counts`)).json();

/** Waits until GET /counts returns these distinct and active sessions; fails with its last response. */
export const untilCounts = (url: string, distinct: number, active: number): Promise<void> =>
  vi.waitFor(
    async () =>
      expect(await countsOf(url)).toMatchObject({
        unique_session_count: distinct,
        active_sessions: active,
      }),
    { timeout: 10_000, interval: 25 },
  );
