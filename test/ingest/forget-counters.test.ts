import { describe, expect, it } from 'vitest';
import { createCapacityMeter } from '../../measure/capacity-meter.ts';
import { browser } from '../support/browsers.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { openCounters } from '../support/several-counters.ts';

const useFile = useDatabase();
const open = (env?: Record<string, string>) => openCounters(useFile(), env);

describe('DELETE /sessions/me', () => {
  it('deletes the rows of the caller in the counters that it names, and no others', async () => {
    const { visit, forget, counters } = await open();
    for (const number of [1, 2]) await visit('site,about,blog/a', { userAgent: browser(number) });
    expect(await forget('about,blog/a', { userAgent: browser(1) })).toEqual({
      statusCode: 204,
      body: '',
    });
    expect(await counters()).toEqual(['about', 'blog/a', 'site', 'site']);
    await forget(undefined, { userAgent: browser(2) });
    expect(await counters()).toEqual(['about', 'blog/a', 'site']);
  });

  it('deletes the rows in the other counters when one of several names is invalid', async () => {
    const { visit, forget, counters } = await open();
    await visit('site,about,blog/a');
    expect((await forget('about,/blog/,,blog/a')).statusCode).toBe(204);
    expect(await counters()).toEqual(['site']);
  });

  it('takes fifty names, and answers 400 to more', async () => {
    const { visit, forget, counters } = await open({ COUNTERS: 'p/*', MAX_COUNTERS: '20' });
    await visit('p/49,p/50');
    const names = Array.from({ length: 51 }, (_, number) => `p/${number}`);
    expect((await forget(names.join())).statusCode).toBe(400);
    expect(await counters()).toEqual(['p/49', 'p/50']);
    expect((await forget(names.slice(1).join())).statusCode).toBe(204);
    expect(await counters()).toEqual([]);
  });

  it('sends no request for a counter that the deployment does not admit', async () => {
    const { database, forget } = await open();
    const meter = createCapacityMeter(database.client);
    const { requests } = await meter(() => forget('shop,about,blog/never-visited,store'));
    expect(requests).toBe(2);
  });
});
