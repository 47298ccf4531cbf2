import { resolve } from 'node:path';
import { runStart } from './run-start.ts';
import { buildWidget } from './widget-bundle.ts';

await runStart(process.argv.slice(2), {
  pageFolder: resolve(import.meta.dirname, '../../examples/resume'),
  loadWidget: buildWidget,
});
