import { createEntryPoint } from '../runtime/entry-point.ts';
import { createDocumentClient } from '../tables/document-client.ts';
import { createLambdaClient } from './mapping-state.ts';
import { createReporterHandler } from './reporter-handler.ts';

/** The entry point on Lambda; a malformed setting stops the start. */
export const handler = createEntryPoint(() =>
  createReporterHandler(process.env, createDocumentClient(), createLambdaClient()),
);
