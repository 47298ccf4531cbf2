/** The type of the resource that is the generated hash key. */
export const HASH_KEY_TYPE = 'Custom::SessionCounterHashKey';
