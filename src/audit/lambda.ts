import { createEntryPoint } from '../runtime/entry-point.ts';
import { createDocumentClient } from '../tables/document-client.ts';
import { createAuditHandler } from './audit-handler.ts';

// Reading a whole table may meet its limits: then slow down, and do not give up.
const PATIENCE = { retryMode: 'adaptive', maxAttempts: 10 } as const;

/** The entry point on Lambda; a malformed setting stops the start. */
export const handler = createEntryPoint(() =>
  createAuditHandler(process.env, createDocumentClient(PATIENCE)),
);
