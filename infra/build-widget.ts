import { mkdirSync, writeFileSync } from 'node:fs';
import { buildWidget, integrityOf } from './widget-bundle.ts';

const text = await buildWidget();
mkdirSync('dist', { recursive: true });
writeFileSync('dist/widget.js', text);
process.stdout.write(`dist/widget.js\n${integrityOf(text)}\n`);
