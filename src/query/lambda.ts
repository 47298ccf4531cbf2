import { readFileSync } from 'node:fs';
import { createPreparedEntryPoint } from '../runtime/entry-point.ts';
import { createDocumentClient } from '../tables/document-client.ts';
import { createQuery } from './query-handler.ts';

// The build puts the widget into the bundle's folder.
const widget = readFileSync(new URL('widget.js', import.meta.url), 'utf8');

/** The entry point on Lambda; throws during INIT when a setting is malformed. */
export const handler = await createPreparedEntryPoint(() =>
  createQuery(process.env, createDocumentClient(), widget),
);
