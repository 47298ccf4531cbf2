import { readFileSync } from 'node:fs';
import { writeBundles } from './bundles.ts';
import { integrityOf } from './widget-bundle.ts';

await writeBundles();
const widget = 'dist/query/widget.js';
process.stdout.write(`${widget}\n${integrityOf(readFileSync(widget, 'utf8'))}\n`);
