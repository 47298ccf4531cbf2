/** Fills docs/performance.md and draws its charts from docs/performance/results.json. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Results } from '../results.ts';
import { drawCharts } from './charts.ts';
import { fillDocument } from './document.ts';

const DOCUMENT = 'docs/performance.md';
const FOLDER = 'docs/performance';

const results: Results = JSON.parse(readFileSync(`${FOLDER}/results.json`, 'utf8'));
for (const [name, chart] of Object.entries(drawCharts(results))) {
  writeFileSync(`${FOLDER}/${name}`, `${chart}\n`);
}
writeFileSync(DOCUMENT, fillDocument(readFileSync(DOCUMENT, 'utf8'), results));
