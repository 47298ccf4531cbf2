import { expect, it } from 'vitest';
import { buildDashboardPage } from '../../../src/local/dashboard/dashboard-bundle.ts';

it('loads its script and its style from its own paths, and nothing from elsewhere', async () => {
  const { html, script, style } = await buildDashboardPage();
  const references = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, url]) => url);
  expect(references.sort()).toEqual([
    'dashboard/dashboard.css',
    'dashboard/dashboard.js',
    'data:,',
  ]);
  expect(script).not.toMatch(/\bimport\s*[{*"'(]|https?:\/\//);
  expect(style).not.toMatch(/@import|url\(/);
});

it('has no code in its markup, and writes no markup', async () => {
  const { html, script } = await buildDashboardPage();
  expect(html).not.toMatch(/<style|<script>|\son\w+=|\sstyle=/);
  expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write/);
});

it('has the charts in its script, and is small', async () => {
  const { script, style } = await buildDashboardPage();
  expect(style).toContain('.u-over');
  expect(script).toContain('u-over');
  expect(script.length + style.length).toBeLessThan(90_000);
});
