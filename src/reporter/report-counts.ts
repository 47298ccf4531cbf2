import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { activeWindow } from '../domain/active-window.ts';
import { shownTotal } from '../domain/baseline.ts';
import type { Counter } from '../domain/counter.ts';
import { SITE } from '../domain/counter-name.ts';
import { countShardsToRead } from '../domain/former-shards.ts';
import type { OpenMeter } from '../metrics/meter.ts';
import { METRIC } from '../metrics/metric-names.ts';
import type { ReporterSettings } from '../settings/settings.ts';
import { countActiveSessions } from '../tables/count-active-sessions.ts';
import { readSizedCounter, type SizedCounter } from '../tables/read-counter.ts';
import { CROWDED_COUNTER_BYTES } from '../tables/schema.ts';

/** Both numbers of a counter. */
interface Counts extends SizedCounter {
  readonly active: number;
}

/**
 * Reports the counts, baselines included, of the site and of each other watched counter, and returns the counter of
 * the site. The site is always reported, because the alarms need it; the others have a dimension of their own, so
 * that its metrics are the same with and without them. One metric has the size of the largest of their items.
 * Throws when one of the counters cannot be read, before it emits any of them.
 */
export const createReportCounts = (
  settings: ReporterSettings,
  client: DynamoDBDocumentClient,
  openMeter: OpenMeter,
): (() => Promise<Counter>) => {
  const others = settings.watchedCounters.filter((name) => name !== SITE);
  const siteMeter = openMeter(settings.counterName);
  const meters = others.map((name) => openMeter(settings.counterName, name));
  return async () => {
    const nowMs = Date.now();
    const [site, ...watched] = await Promise.all([
      readCounts(settings, client, { name: SITE, nowMs }),
      ...others.map((name) => readCounts(settings, client, { name, nowMs })),
    ]);
    const bytes = Math.max(site.bytes, ...watched.map((counts) => counts.bytes));
    siteMeter({
      ...gaugesOf(site),
      ...(bytes >= CROWDED_COUNTER_BYTES && { [METRIC.counterItemBytes]: bytes }),
    });
    for (const [index, counts] of watched.entries()) meters[index]?.(gaugesOf(counts));
    return site.counter;
  };
};

const readCounts = async (
  settings: ReporterSettings,
  client: DynamoDBDocumentClient,
  { name, nowMs }: { readonly name: string; readonly nowMs: number },
): Promise<Counts> => {
  const window = activeWindow(nowMs, settings.activeWindowMinutes);
  const sessions = { counter: name, activeShards: countShardsToRead(settings, nowMs), window };
  const [sized, active] = await Promise.all([
    readSizedCounter(client, settings.countsTable, name),
    countActiveSessions(client, settings.sessionsTable, sessions),
  ]);
  return { ...sized, active: active.count };
};

const gaugesOf = ({ counter, active }: Counts) => ({
  [METRIC.distinctSessions]: shownTotal(counter),
  [METRIC.activeSessions]: active,
});
