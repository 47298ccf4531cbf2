import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import type { Position } from '../../src/tables/shard-position.ts';
import type { ShardLineage, StreamReader } from '../../src/tables/stream-reader.ts';

export interface ScriptedShard {
  readonly parent?: string;
  readonly records: readonly _Record[];
  readonly closed?: boolean;
}

/** A stream record, as the SDK returns it. */
export const sdkRecord = (
  sequence: number,
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE' = 'INSERT',
) => ({
  eventID: `${sequence}`,
  eventName,
  dynamodb: { SequenceNumber: `${sequence}`, Keys: { session_hash: { S: `hash-${sequence}` } } },
});

/** The record of a row that was inserted at this time, epoch milliseconds. */
export const recordOf = (sequence: number, writtenMs: number): _Record => {
  const { dynamodb, ...record } = sdkRecord(sequence);
  return { ...record, dynamodb: { ...dynamodb, ApproximateCreationDateTime: new Date(writtenMs) } };
};

const PAGE = 2;

const sequenceOf = ({ dynamodb }: _Record): bigint => BigInt(dynamodb?.SequenceNumber ?? '');
const isUntil =
  (position: string) =>
  (record: _Record): boolean =>
    sequenceOf(record) <= BigInt(position);

/**
 * An in-memory stream with two records per page. The first reads throw `faults`, one each, before anything
 * is read.
 */
export const createScriptedStream = (
  shards: Readonly<Record<string, ScriptedShard>>,
  faults: Error[] = [],
): StreamReader => ({
  listShards: async () =>
    Object.entries(shards).map(
      ([shardId, { parent }]): ShardLineage => ({ shardId, parentShardId: parent }),
    ),
  openShard: async (shardId: string, position: Position) => {
    const records = shards[shardId]?.records ?? [];
    const at = position === 'start' ? 0 : records.filter(isUntil(position)).length;
    return `${shardId}@${at}`;
  },
  findRecord: async (shardId, position) =>
    shards[shardId]?.records.find(
      (record) => sequenceOf(record) === BigInt(position) || !isUntil(position)(record),
    ),
  readRecords: async (iterator) => {
    const fault = faults.shift();
    if (fault) throw fault;
    const [shardId = '', start] = iterator.split('@');
    const shard = shards[shardId];
    const records = shard?.records.slice(Number(start), Number(start) + PAGE) ?? [];
    const next = Number(start) + records.length;
    const isOver = shard?.closed && next === shard.records.length;
    return { records, nextIterator: isOver ? undefined : `${shardId}@${next}` };
  },
});

/** An error with this name, as the SDK throws it. */
export const namedError = (name: string): Error => Object.assign(new Error(name), { name });
