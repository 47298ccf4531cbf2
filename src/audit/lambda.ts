import { createEntryPoint } from '../runtime/entry-point.ts';
import { createDocumentClient } from '../tables/document-client.ts';
import { createAuditHandler } from './audit-handler.ts';

// A full scan may be throttled: then slow down instead of giving up.
const RETRIES = { retryMode: 'adaptive', maxAttempts: 10 } as const;

/** The entry point on Lambda; throws during INIT when a setting is malformed. */
export const handler = createEntryPoint(() =>
  createAuditHandler(process.env, createDocumentClient(RETRIES)),
);
