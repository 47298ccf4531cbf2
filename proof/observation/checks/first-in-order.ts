import { followShard, type ShardMoment } from '../recording/follow-shard.ts';
import { byShard, mayHide, type Recording } from '../recording/recording.ts';
import { type Check, type Counterexample, concludeFrom } from './check.ts';

/** A checkpoint says that everything before it is counted. */
export const firstInOrder: Check = {
  name: 'first-in-order',
  assumption: 'In a shard, records are first delivered in order',
  otherwise: 'A record first delivered after the checkpoint has passed it is lost',
  evaluate: (recording) => {
    const counterexamples: Counterexample[] = [];
    let fresh = 0;
    for (const [shardId, invocations] of byShard(recording)) {
      for (const moment of followShard(invocations)) {
        fresh += moment.fresh.length;
        counterexamples.push(...findDisorder(shardId, moment, recording));
      }
    }
    const disorder = counterexamples.filter(({ isUnclear }) => !isUnclear).length;
    const seen = `${fresh} records delivered for the first time, ${disorder} after a later one`;
    return concludeFrom(counterexamples, { seen, isSeen: fresh > 1 });
  },
};

const findDisorder = (
  shardId: string,
  { fresh, highest, invocation }: ShardMoment,
  recording: Recording,
): Counterexample[] => {
  let last = highest;
  return fresh.flatMap(({ number, writtenMs }) => {
    const later = last;
    if (later === undefined || number > later) {
      last = number;
      return [];
    }
    const fromMs = writtenMs ?? Number.NEGATIVE_INFINITY;
    const isUnclear = mayHide(recording, shardId, { fromMs, toMs: invocation.beganMs });
    return [{ text: `${shardId}: ${number} was first delivered after ${later}`, isUnclear }];
  });
};
