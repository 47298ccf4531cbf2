import { createDocumentClient } from '../tables/document-client.ts';
import { createReporterHandler } from './reporter-handler.ts';

/** The entry point on Lambda; a malformed setting stops the start. */
export const handler = createReporterHandler(process.env, createDocumentClient());
