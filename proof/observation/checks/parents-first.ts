import { countOf } from '../../../src/cli/console/count-of.ts';
import { followShard } from '../recording/follow-shard.ts';
import { formatTime } from '../recording/format-time.ts';
import { byShard, type Invocation, mayHide, type Recording } from '../recording/recording.ts';
import { type Check, type Counterexample, concludeFrom } from './check.ts';

/** Shards are counted independently, so the total needs no order between them. */
export const parentsFirst: Check = {
  name: 'parents-first',
  assumption: 'A shard is delivered only after its parent',
  otherwise:
    'The total needs no order of shards; a checkpoint may be dropped earlier than intended',
  evaluate: (recording) => {
    const shards = byShard(recording);
    const families = [...shards].flatMap(([child, invocations]) => {
      const parent = shards.get(recording.parents.get(child) ?? '');
      const startMs = invocations[0]?.beganMs ?? 0;
      return parent ? [{ child, startMs, parent }] : [];
    });
    const counterexamples = families.flatMap((family) => findEarly(family, recording));
    const seen = `${countOf(families.length, 'shard')} observed together with the parent, ${counterexamples.length} before its end`;
    return concludeFrom(counterexamples, { seen, isSeen: families.length > 0 });
  },
};

interface Family {
  readonly child: string;
  /** When the child was first delivered, epoch milliseconds. */
  readonly startMs: number;
  readonly parent: readonly Invocation[];
}

const findEarly = ({ child, startMs, parent }: Family, recording: Recording): Counterexample[] => {
  for (const { invocation, fresh, records, pending } of followShard(parent)) {
    const { shardId = '', beganMs } = invocation;
    const open = fresh[0] ?? records.find(({ number }) => pending.has(number));
    if (beganMs < startMs || open === undefined) continue;
    const fromMs = open.writtenMs ?? Number.NEGATIVE_INFINITY;
    const text =
      `${child} began at ${formatTime(startMs)}, but its parent ${shardId} still delivered ` +
      `${open.number} at ${formatTime(beganMs)}`;
    return [{ text, isUnclear: mayHide(recording, shardId, { fromMs, toMs: beganMs }) }];
  }
  return [];
};
