import { createDocumentClient } from '../tables/document-client.ts';
import { createQueryHandler } from './query-handler.ts';

/** The entry point on Lambda; a malformed setting stops the start. */
export const handler = createQueryHandler(process.env, createDocumentClient());
