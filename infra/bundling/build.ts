import { readFileSync } from 'node:fs';
import { integrityOf } from '../../src/local/widget-bundle.ts';
import { writeBundles } from './bundles.ts';

await writeBundles();
const widget = 'dist/query/widget.js';
process.stdout.write(`${widget}\n${integrityOf(readFileSync(widget, 'utf8'))}\n`);
