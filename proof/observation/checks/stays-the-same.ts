import { NO_ID } from '../observer/observe-record.ts';
import { type NumberedRecord, numbered } from '../recording/follow-shard.ts';
import { formatTime } from '../recording/format-time.ts';
import { byShard, type Invocation } from '../recording/recording.ts';
import { type Check, concludeFrom } from './check.ts';

/** Checkpoints recognise a redelivered record by its number, and the watermark by its time. */
export const staysTheSame: Check = {
  name: 'stays-the-same',
  assumption: 'A redelivered record has the same number, time and kind',
  otherwise: 'A record redelivered with another number is counted twice',
  evaluate: (recording) => {
    let again = 0;
    const differences: string[] = [];
    for (const [shardId, invocations] of byShard(recording)) {
      const found = compareAgain(shardId, invocations);
      again += found.again;
      differences.push(...found.differences);
    }
    return concludeFrom(
      differences.map((text) => ({ text, isUnclear: false })),
      {
        seen: `${again} records redelivered, ${differences.length} of them changed`,
        isSeen: again > 0,
      },
    );
  },
};

const compareAgain = (shardId: string, invocations: readonly Invocation[]) => {
  const byNumber = new Map<bigint, NumberedRecord>();
  const byId = new Map<string, NumberedRecord>();
  const differences: string[] = [];
  let again = 0;
  for (const record of invocations.flatMap(numbered)) {
    const known = byNumber.get(record.number) ?? byId.get(record.id);
    if (known === undefined) {
      byNumber.set(record.number, record);
      if (record.id !== NO_ID) byId.set(record.id, record);
      continue;
    }
    again += 1;
    if (describe(known) !== describe(record))
      differences.push(`${shardId}: ${describe(known)} was redelivered as ${describe(record)}`);
  }
  return { again, differences };
};

const describe = ({ number, name, writtenMs, id }: NumberedRecord): string =>
  `${number} (${name}, ${writtenMs === undefined ? 'no time' : formatTime(writtenMs)}, ${id})`;
