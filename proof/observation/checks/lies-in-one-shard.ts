import { NO_ID } from '../observer/observe-record.ts';
import { numbered } from '../recording/follow-shard.ts';
import type { Recording } from '../recording/recording.ts';
import { type Check, type Counterexample, concludeFrom } from './check.ts';

/** Two shards with the same record have independent checkpoints. */
export const liesInOneShard: Check = {
  name: 'lies-in-one-shard',
  assumption: 'Each record is in exactly one shard',
  otherwise: 'A record in two shards is counted twice',
  evaluate: (recording) => {
    const places = findPlaces(recording);
    const counterexamples = [...places].flatMap(([id, shards]) => describe(id, shards));
    const isSplit = recording.invocations.some(
      ({ shardId }) => shardId !== recording.invocations[0]?.shardId,
    );
    return concludeFrom(counterexamples, {
      seen: `${places.size} record ids, ${counterexamples.length} in more than one shard`,
      isSeen: isSplit,
    });
  },
};

// Identified by DynamoDB's own id, since two shards may use the same sequence number.
const findPlaces = ({ invocations }: Recording): Map<string, Map<string, bigint>> => {
  const places = new Map<string, Map<string, bigint>>();
  for (const invocation of invocations) {
    const { shardId } = invocation;
    if (shardId === undefined) continue;
    for (const { id, number } of numbered(invocation)) {
      if (id === NO_ID) continue;
      const shards = places.get(id) ?? new Map<string, bigint>();
      places.set(id, shards.set(shardId, number));
    }
  }
  return places;
};

const describe = (id: string, shards: ReadonlyMap<string, bigint>): Counterexample[] => {
  if (shards.size === 1) return [];
  const where = [...shards].map(([shardId, number]) => `${number} of ${shardId}`);
  return [{ text: `The record ${id} is ${where.join(' and ')}`, isUnclear: false }];
};
