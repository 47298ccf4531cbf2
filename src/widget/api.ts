// A request that hangs would end the refreshing for good, so it becomes a failed one.
const TIMEOUT_MS = 10_000;

/**
 * What the API answers to a request without preflight, which outlives the page if need be.
 * False when there is no good answer in time. The cache is passed by: its lock would hold up a
 * request behind one for the same address that hangs.
 */
export const request = (address: string, init?: RequestInit): Promise<unknown> =>
  fetch(address, {
    ...init,
    keepalive: true,
    cache: 'no-store',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
    .then((answer) => answer.ok && answer.json())
    .catch(() => false);
