/** The attribute of the custom resource that is the setting FORMER_ACTIVE_SHARDS. */
export const FORMER_SHARDS = 'FormerShards';
