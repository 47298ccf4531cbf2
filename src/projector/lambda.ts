import { createDocumentClient } from '../tables/document-client.ts';
import { createProjectorHandler } from './projector-handler.ts';

/** The entry point on Lambda; a malformed setting stops the start. */
export const handler = createProjectorHandler(process.env, createDocumentClient());
