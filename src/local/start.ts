import { resolve } from 'node:path';
import { buildDashboardPage } from './dashboard/dashboard-bundle.ts';
import { printTemplate } from './observation/print-template.ts';
import { runStart } from './run-start.ts';
import { buildWidget } from './widget-bundle.ts';

const PROJECT = resolve(import.meta.dirname, '../..');

await runStart(process.argv.slice(2), {
  pageFolder: resolve(PROJECT, 'examples/resume'),
  loadWidget: buildWidget,
  loadTemplate: printTemplate(resolve(PROJECT, 'infra/observed/main.ts')),
  loadDashboardPage: buildDashboardPage,
});
