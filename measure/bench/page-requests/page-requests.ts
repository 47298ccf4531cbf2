import { setTimeout } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../../test/support/chromium.ts';
import type { Bench, Findings, Goal, Row } from '../part/part.ts';
import { openViewedPage, type ViewedPage } from './viewed-page.ts';

/** The requests of a page that is viewed for a minute, by its reader. */
interface PageRequests {
  readonly new: string[];
  /** Of a new reader who comes within a second of another one. */
  readonly newAmongOthers: string[];
  readonly returning: string[];
}

/** The requests that the widget sends in a minute, counted in a real browser. */
export const benchPageRequests = async ({ endpoint }: Bench): Promise<Findings> => {
  const chromium = await launchChromium();
  try {
    const [configured, every] = await Promise.all([
      countPageRequests(chromium, endpoint, false),
      countPageRequests(chromium, endpoint, true),
    ]);
    return {
      title: 'Requests of a page that is viewed for a minute',
      rows: [...rowsOf('configured origins', configured), ...rowsOf('every origin', every)],
      goals: [meanGoal(configured)],
    };
  } finally {
    await chromium.close();
  }
};

/** Views the page as each reader. */
const countPageRequests = async (
  chromium: Browser,
  endpoint: string,
  allowsEveryOrigin: boolean,
): Promise<PageRequests> => {
  const open = (name: string) => {
    const suffix = `${name}-${allowsEveryOrigin}`;
    return openViewedPage(chromium, { endpoint, suffix, allowsEveryOrigin });
  };
  const [quiet, busy] = await Promise.all([open('quiet'), open('busy')]);
  try {
    const [alone, newAmongOthers] = await Promise.all([viewQuiet(quiet), viewBusy(busy)]);
    return { ...alone, newAmongOthers };
  } finally {
    await quiet.stop();
    await busy.stop();
  }
};

const viewQuiet = async ({ view, project, age }: ViewedPage) => {
  const first = await view(1, () => project(1));
  await age();
  return { new: first, returning: await view(1) };
};

// However long the browser takes to start, the other reader comes right before its visit. The stream has
// whole seconds, so at the beginning of one, or the difference would seem up to a second longer.
const viewBusy = ({ beforeVisit, visit, view, project }: ViewedPage): Promise<string[]> => {
  beforeVisit(async () => {
    await setTimeout(1_000 - (Date.now() % 1_000));
    await visit(1);
    await project(1);
  });
  return view(2, () => project(2));
};

const rowsOf = (origins: string, requests: PageRequests): Row[] =>
  Object.entries({
    'a new one': requests.new,
    'a new one, a moment after another': requests.newAmongOthers,
    'a returning one': requests.returning,
  }).map(([reader, sent]) => ({
    'pages of': origins,
    reader,
    requests: sent.length,
    'GET /counts': sent.filter((request) => request === 'GET /counts').length,
  }));

const meanGoal = ({ newAmongOthers, returning }: PageRequests): Goal => {
  const mean = (newAmongOthers.length + returning.length) / 2;
  return {
    ...{ goal: 'at most 2.5 requests if half of the readers are new', kind: 'counted' },
    ...{ isMet: mean <= 2.5, measured: [mean] },
  };
};
