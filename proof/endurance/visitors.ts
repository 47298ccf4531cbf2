import { setTimeout as delay } from 'node:timers/promises';
import { SITE } from '../../src/domain/counter-name.ts';
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
  { userAgent, counters, pageLoads, isConcurrent }: PlannedVisitor,
  { url, onCounted }: Visits,
  retries: Map<string, number>,
): Promise<void> => {
  const load = () => loadUntilCounted({ url, userAgent, counters }, retries).then(onCounted);
  if (isConcurrent) await Promise.all(Array.from({ length: pageLoads }, load));
  else for (let loaded = 0; loaded < pageLoads; loaded += 1) await load();
};

interface PageLoad extends Pick<PlannedVisitor, 'userAgent' | 'counters'> {
  readonly url: string;
}

const loadUntilCounted = async (page: PageLoad, retries: Map<string, number>): Promise<void> => {
  for (const giveUpAt = Date.now() + GIVE_UP_MS; Date.now() < giveUpAt; ) {
    const problem = await loadPage(page);
    if (problem === undefined) return;
    retries.set(problem, (retries.get(problem) ?? 0) + 1);
    await delay(RETRY_MS);
  }
  throw new Error(
    `A page load was not counted in ${page.counters} within ${GIVE_UP_MS} ms: ${page.userAgent}`,
  );
};

/** Why the page load was not counted in each of its counters; undefined when it was. */
const loadPage = async ({ url, userAgent, counters }: PageLoad): Promise<string | undefined> => {
  try {
    const response = await fetch(`${url}/sessions${queryOf(counters)}`, {
      method: 'POST',
      headers: { 'user-agent': userAgent },
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    if (response.status !== 202) return `answered ${response.status}`;
    return isCounted(counters, (await response.json()) as Answer) ? undefined : 'not counted';
  } catch {
    return 'not answered';
  }
};

// Without a name, the site is meant.
const queryOf = (counters: readonly string[]): string =>
  counters.length === 1 && counters[0] === SITE ? '' : `?counter=${counters.join(',')}`;

interface Counted {
  readonly counted?: boolean;
}

interface Answer extends Counted {
  readonly counters?: Readonly<Record<string, Counted>>;
}

// The answer to a request for one counter does not name it.
const isCounted = (counters: readonly string[], answer: Answer): boolean =>
  counters.every(
    (counter) => (counters.length === 1 ? answer : answer.counters?.[counter])?.counted,
  );
