import { expect, it } from 'vitest';
import { browser } from '../support/browsers.ts';
import { countsOf, runLocalCounter, untilCounts } from '../support/local-counter.ts';
import { runStartCommand } from '../support/start-command.ts';
import { useOwnTables } from '../support/test-environment.ts';

useOwnTables();

const headers = { 'user-agent': browser() };
const textOf = async (url: string) => (await fetch(url, { headers })).text();

it('with the legacy route, GET / counts a visit, and the page stays at /index.html', async () => {
  const { url } = await runLocalCounter({ hasLegacyRoute: true });
  const response = await fetch(`${url}/`, { headers });
  expect(await response.json()).toEqual({
    message: 'Session counted',
    unique_session_count: 0,
    active_sessions: 1,
  });
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'access-control-allow-origin': '*',
  });
  await untilCounts(url, 1, 1);
  expect(await textOf(`${url}/index.html`)).toContain('<!doctype html>');
});

it('with the legacy route, another method than GET on / is refused, as on AWS', async () => {
  const { url } = await runLocalCounter({ hasLegacyRoute: true });
  const response = await fetch(`${url}/`, { method: 'POST', headers });
  expect({ status: response.status, allow: response.headers.get('allow') }).toEqual({
    status: 405,
    allow: 'GET',
  });
});

it('without it, GET / is the page and counts nothing', async () => {
  const { url } = await runLocalCounter();
  expect(await textOf(`${url}/`)).toContain('<!doctype html>');
  expect(await countsOf(url)).toMatchObject({ active_sessions: 0 });
});

it('npm start says where page and route are', async () => {
  const { url, output } = await runStartCommand('--port', '0', '--ephemeral', '--legacy-route');
  expect(output()).toContain(`Page       ${url}/index.html\n`);
  expect(output()).toContain(`Legacy     ${url}/ `);
  expect(JSON.parse(await textOf(`${url}/`))).toMatchObject({ message: 'Session counted' });
});
