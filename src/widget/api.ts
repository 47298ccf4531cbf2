// A hanging request would stop the refreshes for good, so it fails after this time.
const TIMEOUT_MS = 10_000;

/**
 * Sends a request that needs no preflight and continues after the page is closed. Resolves to the
 * JSON of the response, or false if there is no successful one in time. Bypasses the HTTP cache,
 * whose lock would block a request behind a hanging one for the same URL.
 */
export const request = (address: string, method?: 'POST'): Promise<unknown> =>
  fetch(address, {
    method: method as string,
    keepalive: true,
    cache: 'no-store',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
    .then((answer) => answer.ok && answer.json())
    .catch(() => false);
