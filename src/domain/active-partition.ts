import { createHash } from 'node:crypto';
import { SITE } from './counter-name.ts';

/** A partition of the index of active sessions: a number, because that is the type of the index's key. */
export type ActivePartition = number | bigint;

/**
 * The partition of a session. The site's sessions are spread over `activeShards` partitions, from 0. Each other
 * counter has one, which takes about 660 visits a second, so no setting ever moves its sessions.
 */
export const partitionOf = (
  counter: string,
  sessionHash: string,
  activeShards: number,
): ActivePartition =>
  counter === SITE ? shardOf(sessionHash, activeShards) : ownPartition(counter);

/** All partitions with sessions of a counter. */
export const partitionsOf = (counter: string, activeShards: number): ActivePartition[] =>
  counter === SITE
    ? Array.from({ length: activeShards }, (_, shard) => shard)
    : [ownPartition(counter)];

// Derived from the hash, not random, so that a session stays in one partition of the index.
const shardOf = (sessionHash: string, activeShards: number): number =>
  Buffer.from(sessionHash).reduce((sum, byte) => (sum * 31 + byte) >>> 0, 0) % activeShards;

// DynamoDB's numbers have 38 digits; these take 37. Among a million names, two have the same 119 bits with a
// probability of 1e-24. The first bit keeps them apart from the partitions of the site.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
const HASH_BITS = 119;

const ownPartition = (counter: string): bigint =>
  (1n << BigInt(HASH_BITS)) |
  BigInt.asUintN(HASH_BITS, BigInt(`0x${createHash('sha256').update(counter).digest('hex')}`));
