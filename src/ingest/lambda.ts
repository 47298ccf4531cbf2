import { createPreparedEntryPoint } from '../runtime/entry-point.ts';
import { createDocumentClient } from '../tables/document-client.ts';
import { createIngest } from './ingest-handler.ts';

/** The entry point on Lambda; throws during INIT when a setting is malformed. */
export const handler = await createPreparedEntryPoint(() =>
  createIngest(process.env, createDocumentClient()),
);
