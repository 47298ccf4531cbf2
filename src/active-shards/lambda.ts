import { LIMITS } from '../runtime/aws-client.ts';
import { createDocumentClient } from '../tables/document-client.ts';
import { createActiveShardsHandler } from './active-shards-handler.ts';

/** The entry point on Lambda. */
export const handler = createActiveShardsHandler(createDocumentClient({}, LIMITS.deployment));
