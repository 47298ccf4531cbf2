/** The type of the resource that remembers the partitions of the index of active sessions. */
export const ACTIVE_SHARDS_TYPE = 'Custom::SessionCounterActiveShards';
