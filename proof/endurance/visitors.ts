import { setTimeout as delay } from 'node:timers/promises';
import type { EndurancePlan, PlannedVisitor } from './plan.ts';

export interface Visits {
  readonly url: string;
  /** Called once for each counted page load. */
  readonly onCounted: () => void;
}

/** The number of retried page loads by reason: the status in place of a 202, or no response. */
export type Retries = ReadonlyMap<string, number>;

const RETRY_MS = 50;
const ANSWER_WITHIN_MS = 10_000;
const GIVE_UP_MS = 60_000;

/** Lets all visitors load the page until every load is counted. Rejects when one never is. */
export const runVisitors = async (
  { visitors, visitorsAtOnce }: EndurancePlan,
  visits: Visits,
): Promise<Retries> => {
  const retries = new Map<string, number>();
  const waiting = visitors.values();
  const work = async (): Promise<void> => {
    for (const visitor of waiting) await loadPages(visitor, visits, retries);
  };
  await Promise.all(Array.from({ length: visitorsAtOnce }, work));
  return retries;
};

const loadPages = async (
  { userAgent, pageLoads, isConcurrent }: PlannedVisitor,
  { url, onCounted }: Visits,
  retries: Map<string, number>,
): Promise<void> => {
  const load = () => loadUntilCounted(url, userAgent, retries).then(onCounted);
  if (isConcurrent) await Promise.all(Array.from({ length: pageLoads }, load));
  else for (let loaded = 0; loaded < pageLoads; loaded += 1) await load();
};

const loadUntilCounted = async (
  url: string,
  userAgent: string,
  retries: Map<string, number>,
): Promise<void> => {
  for (const giveUpAt = Date.now() + GIVE_UP_MS; Date.now() < giveUpAt; ) {
    const outcome = await loadPage(url, userAgent);
    if (outcome === 'counted') return;
    retries.set(outcome, (retries.get(outcome) ?? 0) + 1);
    await delay(RETRY_MS);
  }
  throw new Error(`A page load was not counted within ${GIVE_UP_MS} ms: ${userAgent}`);
};

const loadPage = async (url: string, userAgent: string): Promise<string> => {
  try {
    const response = await fetch(`${url}/sessions`, {
      method: 'POST',
      headers: { 'user-agent': userAgent },
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const { counted } = (await response.json()) as { counted?: boolean };
    return response.status === 202 && counted ? 'counted' : `answered ${response.status}`;
  } catch {
    return 'not answered';
  }
};
