import { CHECKPOINT_LIFETIME_SECONDS } from '../../../src/domain/counter-change.ts';
import { followShard, type NumberedRecord } from '../recording/follow-shard.ts';
import { formatDuration, formatSpread } from '../recording/format-time.ts';
import { byShard, type Recording } from '../recording/recording.ts';
import { type Check, type Counterexample, concludeFrom } from './check.ts';

/** A checkpoint outlives this time. */
export const youngEnough: Check = {
  name: 'young-enough',
  assumption: `No record is delivered more than ${CHECKPOINT_LIFETIME_SECONDS / 3600} h after the newest one`,
  otherwise: 'It is reported as late and not counted, because its checkpoint may be gone',
  evaluate: (recording) => {
    const { first, again, backlog } = listAges(recording);
    const all = [...first, ...again, ...backlog];
    const seen = [
      `${backlog.length} records from before the recording`,
      `first delivery: ${describeAges(first)}`,
      `redelivery: ${describeAges(again)}`,
      `${all.filter((age) => age > DAY_MS).length} older than a day`,
    ].join('; ');
    return concludeFrom(findLate(recording), { seen, isSeen: all.length > 0 });
  },
};

const DAY_MS = 86_400_000;

const describeAges = (ages: readonly number[]): string =>
  ages.length === 0 ? 'none' : `${formatSpread(ages)} old`;

interface Ages {
  readonly first: number[];
  readonly again: number[];
  /** Records that were already in the stream when the recording began. */
  readonly backlog: number[];
}

const listAges = (recording: Recording): Ages => {
  const ages: Ages = { first: [], again: [], backlog: [] };
  const startMs = recording.invocations[0]?.beganMs ?? 0;
  for (const invocations of byShard(recording).values()) {
    for (const { invocation, records, fresh } of followShard(invocations)) {
      const isFresh = new Set(fresh);
      for (const record of records) {
        const { writtenMs } = record;
        if (writtenMs === undefined) continue;
        const known = writtenMs < startMs ? ages.backlog : ages.first;
        (isFresh.has(record) ? known : ages.again).push(invocation.beganMs - writtenMs);
      }
    }
  }
  return ages;
};

// By DynamoDB's own times, by which the counter drops its checkpoints.
const findLate = ({ invocations }: Recording): Counterexample[] => {
  let newestMs = 0;
  return invocations.flatMap(({ shardId, records }) => {
    const late = records.find(
      ({ writtenMs = newestMs }) => newestMs - writtenMs > CHECKPOINT_LIFETIME_SECONDS * 1_000,
    );
    newestMs = records.reduce((newest, { writtenMs = 0 }) => Math.max(newest, writtenMs), newestMs);
    return late
      ? [{ text: describe(shardId, late as NumberedRecord, newestMs), isUnclear: false }]
      : [];
  });
};

const describe = (
  shardId: string | undefined,
  { number, writtenMs = 0 }: NumberedRecord,
  newestMs: number,
): string =>
  `${shardId}: ${number} was delivered after records written ${formatDuration(newestMs - writtenMs)} later`;
