import { randomBytes } from 'node:crypto';
import { readOptional, readOrigins } from '../../settings/readers.ts';
import { SettingError } from '../../settings/setting-error.ts';
import { openHttpServer } from '../http-server/http-server.ts';
import {
  type LocalCounter,
  type LocalCounterOptions,
  startLocalCounter,
} from '../local-counter.ts';
import { explainPortError } from '../port-error.ts';
import { createStopList, type StopList } from '../stop-list.ts';
import { createEdge, type EdgeOptions } from './edge.ts';
import { createSite } from './site.ts';

/** The path of the site that is the counter. */
export const EDGE_PREFIX = '/counter';

/** A running counter and the edge in front of it. `url` is that of the counter itself, which refuses visitors. */
export interface CounterBehindEdge extends LocalCounter {
  /** The address of the site, of which the counter is a path. */
  readonly edgeUrl: string;
}

/**
 * Starts a counter behind an edge that listens on the port and host of the options; the counter itself listens on a
 * free port of this machine. They share EDGE_SECRET, or a new secret without it. Throws like `startLocalCounter`.
 */
export const startBehindEdge = async (
  options: LocalCounterOptions & Pick<EdgeOptions, 'now'>,
): Promise<CounterBehindEdge> => {
  const parts = createStopList();
  try {
    return await startBoth(options, parts);
  } catch (error) {
    await parts.stop();
    throw error;
  }
};

const startBoth = async (
  { now = Date.now, ...options }: LocalCounterOptions & Pick<EdgeOptions, 'now'>,
  { onStop, stop }: StopList,
): Promise<CounterBehindEdge> => {
  const { port, host, allowedHosts, env, pageFolder, hasLegacyRoute = false } = options;
  if (readOptional(env, 'EDGE_SECRET_ID') !== undefined)
    throw new SettingError(
      'EDGE_SECRET_ID',
      'unset with --edge, which takes EDGE_SECRET or makes a secret',
    );
  const edge = await explainPortError(port, () => openHttpServer(port, allowedHosts, host), host);
  onStop(edge.stop);
  const secret = readOptional(env, 'EDGE_SECRET') ?? randomBytes(32).toString('hex');
  const { host: ofEdge, ...ofCounter } = options;
  const counter = await startLocalCounter({
    ...{ ...ofCounter, port: 0 },
    env: { ...env, EDGE_SECRET: secret },
  });
  onStop(counter.stop);
  const behaviors = {
    hasLegacyRoute,
    hasListedOrigins: readOrigins(env, 'ALLOWED_ORIGINS') !== '*',
  };
  const site = createSite(pageFolder, EDGE_PREFIX);
  edge.serve(
    createEdge({ ...behaviors, prefix: EDGE_PREFIX, counterUrl: counter.url, secret, site, now }),
  );
  // Opened first, but also stopped first: running requests still need the counter.
  onStop(edge.stop);
  return { ...counter, edgeUrl: edge.url, stop };
};
