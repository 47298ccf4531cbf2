import { createEntryPoint } from '../runtime/entry-point.ts';
import { createDocumentClient } from '../tables/document-client.ts';
import { createReadMappingState } from './mapping-state.ts';
import { createReporterHandler } from './reporter-handler.ts';

/** The entry point on Lambda; throws during INIT when a setting is malformed. */
export const handler = createEntryPoint(() =>
  createReporterHandler(process.env, createDocumentClient(), createReadMappingState()),
);
