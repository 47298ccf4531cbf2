import { createEntryPoint } from '../runtime/entry-point.ts';
import { createDocumentClient } from '../tables/document-client.ts';
import { createLegacyHandler } from './legacy-handler.ts';

/** The entry point on Lambda; throws during INIT when a setting is malformed. */
export const handler = createEntryPoint(() =>
  createLegacyHandler(process.env, createDocumentClient()),
);
