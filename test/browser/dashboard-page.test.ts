import { describe, expect, it } from 'vitest';
import type { ShownWidget } from '../../src/local/cloudwatch/dashboard/show-dashboard.ts';
import type { DataPoint } from '../../src/local/cloudwatch/metric.ts';
import { DASHBOARD_PATH } from '../../src/local/dashboard/dashboard-routes.ts';
import { useBrowser } from './support/browser.ts';
import { serveDashboard } from './support/dashboard-scene.ts';
import { chart, END, openDashboard, refresh, shown } from './support/open-dashboard.ts';
import { findViolations } from './support/violations.ts';

const MINUTE = 60_000;

const openReader = useBrowser();

const withPoint = (title: string, point: DataPoint): ShownWidget[] =>
  shown().widgets.map((widget) =>
    'series' in widget && widget.title === title
      ? { ...widget, series: widget.series.map((it) => ({ ...it, points: [...it.points, point] })) }
      : widget,
  );

describe('the page', () => {
  it.each(['light', 'dark'] as const)('has no violation that axe finds in %s', async (scheme) => {
    const { page } = await openDashboard(openReader, { colorScheme: scheme });
    await chart(page, 'Stream lag').getByText('Table', { exact: true }).click();
    await page.locator('.alarms summary').first().click();
    expect(await findViolations(page)).toEqual([]);
    const background = await page.evaluate(
      () => getComputedStyle(document.documentElement).backgroundColor,
    );
    expect(background).toBe(scheme === 'light' ? 'rgb(245, 245, 243)' : 'rgb(17, 19, 21)');
  });

  it('has one column on a phone, and does not scroll horizontally', async () => {
    const { page } = await openDashboard(openReader, { viewport: { width: 390, height: 800 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    const widths = await page
      .locator('.widget')
      .evaluateAll((widgets) => widgets.map((it) => it.getBoundingClientRect().width));
    expect(new Set(widths.map(Math.round)).size).toBe(1);
  });

  it('keeps the values at the pointer when it shows new data', async () => {
    const { page, scene } = await openDashboard(openReader);
    const legend = chart(page, 'Active sessions over time').locator('.about');
    await chart(page, 'Active sessions over time').locator('.u-over').hover();
    await expect.poll(() => legend.innerText()).toContain('17:30');
    // The value is not an integer, which changes the steps of the axis.
    const widgets = withPoint('Active sessions over time', { time: END + MINUTE, value: 2.5 });
    scene.read = () => ({ ...shown(), now: END + 2 * MINUTE, widgets });
    await refresh(page, scene);
    // The time under the pointer is two minutes later.
    await expect.poll(() => legend.innerText()).toContain('17:32');
  });

  it('shows new data without losing focus, scroll or what is open', async () => {
    const { page, scene } = await openDashboard(openReader);
    const active = chart(page, 'Active sessions over time');
    await active.getByText('Table', { exact: true }).click();
    const rows = active.locator('.rows');
    await rows.focus();
    await rows.evaluate((it) => it.scrollTo(0, 200));
    const [first, second] = await rows.locator('tbody tr').elementHandles();
    const topOf = async () => (await second?.boundingBox())?.y;
    const top = await topOf();
    const widgets = withPoint('Active sessions over time', { time: END, value: 1_234 });
    scene.read = () => ({ ...shown(), now: END + MINUTE, widgets });
    await refresh(page, scene);
    await expect.poll(() => rows.locator('tbody tr').first().innerText()).toContain('1,234');
    expect(await rows.evaluate((it) => it === document.activeElement)).toBe(true);
    expect(await first?.evaluate((row) => row.previousSibling?.textContent)).toContain('1,234');
    expect(Math.abs(((await topOf()) ?? 0) - (top ?? 0))).toBeLessThan(2);
  });

  it('announces an alarm that ends, once', async () => {
    const { page, scene } = await openDashboard(openReader);
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
    const { page } = await openDashboard(openReader, {}, '?range=3h');
    const current = page.locator('nav [aria-current]');
    expect(await current.innerText()).toBe('3 h');
    await page.getByRole('link', { name: '1 w' }).click();
    await expect.poll(() => current.innerText()).toBe('1 w');
    expect(new URL(page.url()).search).toBe('?range=1w');
    await page.goBack();
    await expect.poll(() => current.innerText()).toBe('3 h');
  });

  it('says when the counter cannot be reached, and recovers', async () => {
    const { page, scene } = await openDashboard(openReader);
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
