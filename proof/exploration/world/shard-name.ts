/** The name of a shard, as the function receives it. */
export const shardName = (shard: number): string => `shard-${'abcdef'[shard]}`;
