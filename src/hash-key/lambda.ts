import { createHashKeyHandler, createParameterClient } from './hash-key-handler.ts';

/** The entry point on Lambda. */
export const handler = createHashKeyHandler(createParameterClient());
