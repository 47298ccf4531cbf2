import { get } from 'node:http';
import { expect, it } from 'vitest';
import { browser } from '../../support/browsers.ts';
import { useDatabase } from '../../support/embedded-database.ts';
import { countsOf, untilCounts, visit } from '../../support/local-counter.ts';
import { type ObservedCounter, useObservedCounter } from '../../support/observed-counter.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const database = useDatabase();
const startObserved = useObservedCounter(() => database().endpoint);

const seriesOf = ({ shown }: ObservedCounter) =>
  shown().widgets.flatMap((widget) =>
    'series' in widget
      ? widget.series.map(({ label, points }) => ({ title: widget.title, label, points }))
      : [],
  );

const requestAs = (host: string, url: string): Promise<number | undefined> =>
  new Promise((resolve) => {
    get(url, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
  });

const lastValueOf = (counter: ObservedCounter, wantedTitle: string, wantedLabel: string) =>
  seriesOf(counter)
    .find(({ title, label }) => title === wantedTitle && label === wantedLabel)
    ?.points.at(-1)?.value;

it('fills each chart, except for those of faults that did not happen', async () => {
  const counter = await startObserved();
  const { url, passMinutes } = counter;
  await visit(url, { 'user-agent': browser(1) });
  await visit(url, { 'user-agent': 'Googlebot/2.1' });
  await untilCounts(url, 1, 1);
  await countsOf(url);
  // The audit runs at 6:30.
  await passMinutes(31);
  const empty = seriesOf(counter).filter(({ points }) => points.length === 0);
  const titles = Object.groupBy(empty, ({ title = '' }) => title);
  expect(
    Object.fromEntries(
      Object.entries(titles).map(([title, series = []]) => [title, series.map((one) => one.label)]),
    ),
  ).toEqual({
    'Visits refused, by reason': [
      ...['automation', 'prefetch', 'opt-out', 'origin', 'no-key', 'failure', 'rate'],
    ],
    'API requests and errors': ['429'],
    'Duplicates skipped, malformed records, late records': [
      ...['DuplicatesSkipped', 'MalformedRecords', 'LateRecords'],
    ],
    'Throttled table requests': [
      ...['sessions UpdateItem', 'sessions Query', 'counts UpdateItem', 'counts GetItem'],
    ],
    'Size of the counter item, reported from 100 KB': ['CounterItemBytes'],
  });
});

it('shows what happened', async () => {
  const counter = await startObserved();
  for (const number of [1, 2, 3]) await visit(counter.url, { 'user-agent': browser(number) });
  await untilCounts(counter.url, 3, 3);
  await counter.passMinutes(2);
  expect(lastValueOf(counter, 'Visits received and counted', 'Visits')).toBe(3);
  expect(lastValueOf(counter, 'Distinct sessions', 'DistinctSessions')).toBe(3);
  expect(lastValueOf(counter, 'Function errors', 'ingest')).toBe(0);
});

it('keeps counting when nothing can be observed', async () => {
  const counter = await startObserved({ loadTemplate: () => Promise.reject(new Error('no CDK')) });
  await visit(counter.url, { 'user-agent': browser(1) });
  await untilCounts(counter.url, 1, 1);
  await counter.passMinutes(1);
  expect(counter.observation.read()).toEqual({ status: 'unavailable', message: 'no CDK' });
});

it('says that the template is not loaded yet', async () => {
  const counter = await startObserved({ isLoaded: false });
  expect(counter.observation.read()).toMatchObject({ status: 'starting' });
  expect(await countsOf(counter.url)).toMatchObject({ unique_session_count: 0 });
});

it('serves the dashboard, for the allowed hosts only', async () => {
  const { url } = await startObserved();
  const response = await fetch(`${url}/dashboard/data?range=1h`);
  expect(await response.json()).toMatchObject({
    name: 'session-counter-local',
    rangeMs: 3_600_000,
  });
  const foreign = await requestAs('evil.example', `${url}/dashboard/data`);
  expect(foreign).toBe(421);
});

it('continues with the history of an earlier run', async () => {
  const historyFolder = temporaryFolder();
  const before = await startObserved({ historyFolder });
  await visit(before.url, { 'user-agent': browser(1) });
  await untilCounts(before.url, 1, 1);
  await before.passMinutes(5);
  const { changes } = before.shown();
  await before.stop();
  const after = await startObserved({ historyFolder });
  expect(lastValueOf(after, 'Visits received and counted', 'Visits')).toBe(1);
  expect(after.shown().changes).toEqual(expect.arrayContaining([...changes]));
});
