import { createEntryPoint } from '../runtime/entry-point.ts';
import { createDocumentClient } from '../tables/document-client.ts';
import { createProjectorHandler } from './projector-handler.ts';

/** The entry point on Lambda; throws during INIT when a setting is malformed. */
export const handler = createEntryPoint(() =>
  createProjectorHandler(process.env, createDocumentClient()),
);
