import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { chart, openDashboard, refresh, shown } from './support/open-dashboard.ts';

const openReader = useBrowser();

describe('the dashboard of a template', () => {
  it('shows every widget at its place, without an error', async () => {
    const { page, messages } = await openDashboard(openReader, {
      viewport: { width: 1280, height: 800 },
    });
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
    const { page } = await openDashboard(openReader);
    const [total] = shown().widgets.flatMap((widget) =>
      widget.kind === 'singleValue' ? [widget.series[0]?.points.at(-1)?.value ?? 0] : [],
    );
    expect(total).toBeGreaterThan(2_841);
    const values = await page.locator('.single dd').allTextContents();
    expect(values[0]).toBe(new Intl.NumberFormat('en-US').format(total ?? 0));
  });

  it('has a table of the points behind a chart', async () => {
    const { page } = await openDashboard(openReader);
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
    const { page } = await openDashboard(openReader);
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
    const { page } = await openDashboard(openReader);
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
    const { page } = await openDashboard(openReader);
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

  it('leads from an alarm without a runbook to its row in the table of what to do', async () => {
    const { page, scene } = await openDashboard(openReader);
    const dashboard =
      'https://local.console.aws.amazon.com/cloudwatch/home?region=local#dashboards';
    const widgets = shown().widgets.map((widget) => {
      if (widget.kind !== 'alarm') return widget;
      const alarms = widget.alarms.map((status) => ({
        ...status,
        definition: { ...status.definition, description: `Visits wait. ${dashboard}` },
      }));
      return { ...widget, alarms };
    });
    scene.read = () => ({ ...shown(), widgets });
    await refresh(page, scene);
    const alarm = page.locator('.alarms > li', { hasText: 'blog-stream-behind' });
    await alarm.getByText('blog-stream-behind').click();
    const help = alarm.locator('p', { hasText: 'Visits wait.' });
    await help.getByRole('button', { name: 'What to do' }).click();
    const focused = page.locator('tr:focus');
    await expect.poll(() => focused.innerText()).toMatch(/^stream-behind\t/);
  });

  it('marks what only AWS has, with the reason', async () => {
    const { page, scene } = await openDashboard(openReader);
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
    const { page, scene } = await openDashboard(openReader);
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
