import type { LocalResponse } from '../http-server/handle-request.ts';

/** An answer of the API, and for how many seconds the edge may answer with it. */
export interface OriginAnswer {
  readonly response: LocalResponse;
  readonly freshSeconds: number;
}

/** Answers requests with the same key; `ask` asks the API, and may reject. */
export type EdgeCache = (key: string, ask: () => Promise<OriginAnswer>) => Promise<LocalResponse>;

// Anyone can ask for any number of counters.
const MOST_ENTRIES = 1_000;

interface Entry extends OriginAnswer {
  /** Epoch milliseconds. */
  readonly storedMs: number;
}

/**
 * A cache that answers with a fresh response, with its Age, and otherwise with that of the API. Concurrent requests
 * wait for the first of them; if its answer may not be kept, each asks for itself. `now` is in epoch milliseconds.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html#request-custom-traffic-spikes
 */
export const createEdgeCache = (now: () => number): EdgeCache => {
  const entries = new Map<string, Entry>();
  const pending = new Map<string, Promise<LocalResponse>>();
  const findFresh = (key: string): LocalResponse | undefined => {
    const entry = entries.get(key);
    const ageMs = now() - (entry?.storedMs ?? 0);
    if (entry && ageMs >= 0 && ageMs < entry.freshSeconds * 1_000) return asHit(entry, ageMs);
    entries.delete(key);
    return undefined;
  };
  const askAndKeep = async (key: string, ask: () => Promise<OriginAnswer>) => {
    const answer = await ask();
    if (answer.freshSeconds > 0) keep(entries, key, { ...answer, storedMs: now() });
    return withHeaders(answer.response, { 'X-Cache': 'Miss from cloudfront' });
  };
  return async (key, ask) => {
    const running = pending.get(key);
    if (running) await running.catch(() => undefined);
    const fresh = findFresh(key);
    if (fresh || running) return fresh ?? askAndKeep(key, ask);
    const first = askAndKeep(key, ask).finally(() => pending.delete(key));
    pending.set(key, first);
    return first;
  };
};

const keep = (entries: Map<string, Entry>, key: string, entry: Entry): void => {
  entries.delete(key);
  const [oldest] = entries.keys();
  if (oldest !== undefined && entries.size >= MOST_ENTRIES) entries.delete(oldest);
  entries.set(key, entry);
};

const asHit = ({ response }: Entry, ageMs: number): LocalResponse =>
  withHeaders(response, {
    Age: String(Math.floor(ageMs / 1_000)),
    'X-Cache': 'Hit from cloudfront',
  });

const withHeaders = (response: LocalResponse, headers: Record<string, string>): LocalResponse => ({
  ...response,
  headers: { ...response.headers, ...headers },
});
