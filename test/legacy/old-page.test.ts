import { runInNewContext } from 'node:vm';
import { expect, it, vi } from 'vitest';
import { browser } from '../support/browsers.ts';
import { runLocalCounter } from '../support/local-counter.ts';

// As pages of the Python counter have it: one GET that counts and answers.
const OLD_SCRIPT = `
  fetch(API_URL)
    .then((response) => response.json())
    .then((data) => {
      document.getElementById('message').textContent = data.message;
      document.getElementById('unique').textContent = data.unique_session_count;
      document.getElementById('active').textContent = data.active_sessions;
    })
    .catch((error) => { document.getElementById('message').textContent = 'Error: ' + error; });
`;

/** Loads an old page in browser number `number`; what it shows in the end. */
const loadOldPage = async (API_URL: string, number: number) => {
  const shown: Record<string, { textContent?: unknown }> = {};
  const getElementById = (id: string) => (shown[id] ??= {});
  const headers = { 'user-agent': browser(number), origin: 'https://a.example' };
  const fetchAsBrowser = (url: string) => fetch(url, { headers });
  runInNewContext(OLD_SCRIPT, { API_URL, fetch: fetchAsBrowser, document: { getElementById } });
  await vi.waitFor(() => expect(shown).toHaveProperty('message'), { timeout: 10_000 });
  return Object.fromEntries(
    Object.entries(shown).map(([id, { textContent }]) => [id, textContent]),
  );
};

it('an unchanged page of the Python counter shows both numbers, and its visits are counted once', async () => {
  const { url } = await runLocalCounter({ hasLegacyRoute: true });
  await loadOldPage(`${url}/`, 1);
  await loadOldPage(`${url}/`, 2);
  await vi.waitFor(
    async () =>
      expect(await loadOldPage(`${url}/`, 1)).toEqual({
        message: 'Session counted',
        unique: 2,
        active: 2,
      }),
    { timeout: 10_000, interval: 50 },
  );
});

it('the address may be given without the slash at its end', async () => {
  const { url } = await runLocalCounter({ hasLegacyRoute: true });
  expect(await loadOldPage(url, 1)).toMatchObject({ message: 'Session counted', active: 1 });
});
