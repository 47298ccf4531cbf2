import { readFileSync } from 'node:fs';
import { createEntryPoint } from '../runtime/entry-point.ts';
import { createDocumentClient } from '../tables/document-client.ts';
import { createQueryHandler } from './query-handler.ts';

// The build puts the widget into the bundle's folder.
const widget = readFileSync(new URL('widget.js', import.meta.url), 'utf8');

/** The entry point on Lambda; throws during INIT when a setting is malformed. */
export const handler = createEntryPoint(() =>
  createQueryHandler(process.env, createDocumentClient(), widget),
);
