import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LocalCloudWatch } from '../../src/local/cloudwatch/local-cloudwatch.ts';
import { DASHBOARD_PATH } from '../../src/local/dashboard/dashboard-routes.ts';
import { createBlogCloudWatch, readBlogDashboard } from './support/blog-dashboard.ts';
import { useBrowser } from './support/browser.ts';
import { type DashboardScene, serveDashboard } from './support/dashboard-scene.ts';
import { playScript } from './support/scripted-day.ts';
import { findViolations } from './support/violations.ts';

const openReader = useBrowser();

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const END = Date.parse('2026-11-27T18:00:00Z');

let cloudWatch: LocalCloudWatch;

// Eleven minutes without the projector, which ended just now: the alarm stream-behind has gone off.
beforeAll(() => {
  cloudWatch = createBlogCloudWatch();
  playScript(cloudWatch, { end: END, minutes: 40, outage: { before: 14, minutes: 11 } });
});

const shown = (rangeMs = HOUR) => readBlogDashboard(cloudWatch, END + 1_000, rangeMs);

/** Opens the dashboard; `scene.data` is what its next refresh gets. */
const openDashboard = async (options: BrowserContextOptions = {}, query = '') => {
  const scene = await serveDashboard((rangeMs) => shown(rangeMs));
  const reader = await openReader({ timezoneId: 'UTC', reducedMotion: 'reduce', ...options });
  const page = await reader.newPage();
  const messages: string[] = [];
  page.on('pageerror', ({ message }) => messages.push(message));
  page.on('console', (message) => messages.push(message.text()));
  await page.clock.install();
  await page.goto(`${scene.url}${DASHBOARD_PATH}${query}`);
  await page.locator('.widget').first().waitFor();
  return { scene, page, messages };
};

const refresh = async (page: Page, { untilRead }: DashboardScene): Promise<void> => {
  const read = untilRead();
  await page.clock.runFor(5_000);
  await read;
};

const chart = (page: Page, title: string) =>
  page.locator('.chart').filter({ has: page.getByRole('heading', { name: title, exact: true }) });

describe('the dashboard of a template', () => {
  it('shows every widget at its place, without an error', async () => {
    const { page, messages } = await openDashboard({ viewport: { width: 1280, height: 800 } });
    const expected = shown().widgets.map(({ x, width }) => ({ x, width }));
    const places = await page.locator('.widget').evaluateAll((widgets) =>
      widgets.map((widget) => {
        const [grid, own] = [widget.parentElement, widget].map((it) => it?.getBoundingClientRect());
        const column = (grid?.width ?? 0) / 24;
        const columnsIn = (pixels: number) => Math.round(pixels / column);
        const left = columnsIn((own?.left ?? 0) - (grid?.left ?? 0));
        return { x: left, width: columnsIn(own?.width ?? 0) };
      }),
    );
    expect(places).toEqual(expected);
    expect(await page.locator('.unknown').count()).toBe(0);
    expect(messages).toEqual([]);
  });

  it('shows the latest values in full', async () => {
    const { page } = await openDashboard();
    const [total] = shown().widgets.flatMap((widget) =>
      widget.kind === 'singleValue' ? [widget.series[0]?.points.at(-1)?.value ?? 0] : [],
    );
    expect(total).toBeGreaterThan(2_841);
    const values = await page.locator('.single dd').allTextContents();
    expect(values[0]).toBe(new Intl.NumberFormat('en-US').format(total ?? 0));
  });

  it('has a table of the points behind a chart', async () => {
    const { page } = await openDashboard();
    const visits = chart(page, 'Visits received and counted');
    await visits.getByText('Table', { exact: true }).click();
    const rows = await visits.locator('tbody tr').allInnerTexts();
    const [received] = shown().widgets.flatMap((widget) =>
      'series' in widget && widget.title === 'Visits received and counted'
        ? [widget.series[0]?.points ?? []]
        : [],
    );
    const cells = rows.map((row) => row.split('\t')).map(([time, value]) => [time, value]);
    expect(cells).toEqual(
      received
        ?.toReversed()
        .map(({ time, value }) => [
          `Nov 27, ${new Date(time).toISOString().slice(11, 16)}`,
          String(value),
        ]),
    );
    expect(cells.length).toBeGreaterThan(6);
  });

  it('draws the lines of a chart', async () => {
    const { page } = await openDashboard();
    const pixels = await chart(page, 'Active sessions over time')
      .locator('canvas')
      .evaluate((canvas: HTMLCanvasElement) => {
        const { data } =
          canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
        const blue = [0x1f, 0x77, 0xb4];
        let found = 0;
        for (let at = 0; data && at < data.length; at += 4) {
          if (blue.every((part, i) => data[at + i] === part)) found += 1;
        }
        return found;
      });
    expect(pixels).toBeGreaterThan(50);
  });

  it('shows the values at the pointer, in every chart, and by the arrow keys', async () => {
    const { page } = await openDashboard();
    const legend = chart(page, 'Active sessions over time').locator('.about');
    expect(await legend.innerText()).toContain('latest');
    await chart(page, 'Distinct sessions over time').locator('.u-over').hover();
    await expect.poll(() => legend.innerText()).toMatch(/Nov 27, 17:\d\d/);
    await page.mouse.move(0, 0);
    await expect.poll(() => legend.innerText()).toContain('latest');
    await chart(page, 'Active sessions over time').locator('.plot').press('Home');
    await expect.poll(() => legend.innerText()).toContain('Nov 27, 17:20');
  });

  it('shows an alarm with its reason, its history and a link into the runbook', async () => {
    const { page } = await openDashboard();
    expect(await page.title()).toBe('(1) blog-local');
    expect(await page.locator('.state').innerText()).toBe('1 in alarm');
    const alarm = page.locator('.alarms > li', { hasText: 'blog-stream-behind' });
    await alarm.getByText('blog-stream-behind').click();
    const text = await alarm.innerText();
    expect(text).toContain('In alarm');
    expect(text).toContain('1 of 1 data points are >= 600000');
    expect(await alarm.locator('ol li').count()).toBe(2);
    const link = alarm.getByRole('link', { name: 'Runbook' });
    expect(await link.getAttribute('href')).toBe('https://example.org/operations#stream-behind');
  });

  it('marks what only AWS has, with the reason', async () => {
    const { page, scene } = await openDashboard();
    const logs = page.locator('.text p', { hasText: 'Logs:' });
    expect(await logs.innerText()).toContain('on AWS only');
    const latency = {
      namespace: 'AWS/ApiGateway',
      name: 'Latency',
      reason: 'No API Gateway here.',
    };
    const age = { namespace: 'AWS/Lambda', name: 'IteratorAge', reason: 'No Lambda here.' };
    scene.read = () => ({ ...shown(), onAwsOnly: [latency, age] });
    await page.getByRole('link', { name: '1 h' }).click();
    const note = (title: string) => chart(page, title).locator('.aws-only').innerText();
    await expect.poll(() => note('API latency')).toContain('p50, p99: No API Gateway here.');
    expect(await note('Stream lag')).toContain('No Lambda here.');
    expect(await note('API requests and errors')).toBe('');
  });

  it('shows a widget that it cannot draw as an error with its name', async () => {
    const { page, scene } = await openDashboard();
    const widgets = shown().widgets.map((widget, i) =>
      i === 1 ? ({ ...widget, kind: 'gauge' } as unknown as typeof widget) : widget,
    );
    scene.read = () => ({ ...shown(), widgets });
    await refresh(page, scene);
    await expect
      .poll(() => page.locator('.unknown').innerText())
      .toContain('Unknown widget: gauge');
  });
});

describe('the page', () => {
  it.each(['light', 'dark'] as const)('has no violation that axe finds in %s', async (scheme) => {
    const { page } = await openDashboard({ colorScheme: scheme });
    await chart(page, 'Stream lag').getByText('Table', { exact: true }).click();
    await page.locator('.alarms summary').first().click();
    expect(await findViolations(page)).toEqual([]);
    const background = await page.evaluate(
      () => getComputedStyle(document.documentElement).backgroundColor,
    );
    expect(background).toBe(scheme === 'light' ? 'rgb(245, 245, 243)' : 'rgb(17, 19, 21)');
  });

  it('has one column on a phone, and does not scroll horizontally', async () => {
    const { page } = await openDashboard({ viewport: { width: 390, height: 800 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    const widths = await page
      .locator('.widget')
      .evaluateAll((widgets) => widgets.map((it) => it.getBoundingClientRect().width));
    expect(new Set(widths.map(Math.round)).size).toBe(1);
  });

  it('keeps the values at the pointer when it shows new data', async () => {
    const { page, scene } = await openDashboard();
    const legend = chart(page, 'Active sessions over time').locator('.about');
    await chart(page, 'Active sessions over time').locator('.u-over').hover();
    await expect.poll(() => legend.innerText()).toContain('17:30');
    scene.read = () => ({ ...shown(), now: END + 2 * MINUTE });
    await refresh(page, scene);
    // The time under the pointer is two minutes later.
    await expect.poll(() => legend.innerText()).toContain('17:32');
  });

  it('shows new data without losing focus, scroll or what is open', async () => {
    const { page, scene } = await openDashboard();
    const active = chart(page, 'Active sessions over time');
    await active.getByText('Table', { exact: true }).click();
    const rows = active.locator('.rows');
    await rows.focus();
    await rows.evaluate((it) => it.scrollTo(0, 200));
    const [first, second] = await rows.locator('tbody tr').elementHandles();
    const topOf = async () => (await second?.boundingBox())?.y;
    const top = await topOf();
    const added = { time: END, value: 1_234 };
    const widgets = shown().widgets.map((widget) =>
      'series' in widget && widget.title === 'Active sessions over time'
        ? {
            ...widget,
            series: widget.series.map((it) => ({ ...it, points: [...it.points, added] })),
          }
        : widget,
    );
    scene.read = () => ({ ...shown(), now: END + MINUTE, widgets });
    await refresh(page, scene);
    await expect.poll(() => rows.locator('tbody tr').first().innerText()).toContain('1,234');
    expect(await rows.evaluate((it) => it === document.activeElement)).toBe(true);
    expect(await first?.evaluate((row) => row.previousSibling?.textContent)).toContain('1,234');
    expect(Math.abs(((await topOf()) ?? 0) - (top ?? 0))).toBeLessThan(2);
  });

  it('announces an alarm that ends, once', async () => {
    const { page, scene } = await openDashboard();
    const announced = page.locator('.hidden[role=status]');
    expect(await announced.textContent()).toBe('');
    const alarms = shown().alarms.map((alarm) => ({ ...alarm, state: 'OK' as const }));
    scene.read = () => ({ ...shown(), alarms });
    await refresh(page, scene);
    await expect
      .poll(() => announced.textContent())
      .toBe('blog-stream-behind is no longer in alarm.');
    expect(await page.locator('.state').innerText()).toBe('No alarm');
  });

  it('keeps the range in its address', async () => {
    const { page } = await openDashboard({}, '?range=3h');
    const current = page.locator('nav [aria-current]');
    expect(await current.innerText()).toBe('3 h');
    await page.getByRole('link', { name: '1 w' }).click();
    await expect.poll(() => current.innerText()).toBe('1 w');
    expect(new URL(page.url()).search).toBe('?range=1w');
    await page.goBack();
    await expect.poll(() => current.innerText()).toBe('3 h');
  });

  it('says when the counter cannot be reached, and recovers', async () => {
    const { page, scene } = await openDashboard();
    scene.isDown = true;
    await page.clock.runFor(5_000);
    const problem = page.locator('.problem');
    await expect.poll(() => problem.innerText()).toContain('The counter cannot be reached.');
    expect(await page.locator('.widget').count()).toBe(shown().widgets.length);
    scene.isDown = false;
    await refresh(page, scene);
    await expect.poll(() => problem.isVisible()).toBe(false);
  });

  it('says what is wrong while there is no dashboard', async () => {
    const scene = await serveDashboard(() => ({ status: 'starting', message: 'It is starting.' }));
    const page = await (await openReader()).newPage();
    await page.goto(`${scene.url}${DASHBOARD_PATH}`);
    await expect.poll(() => page.locator('.problem').innerText()).toBe('It is starting.');
  });
});
