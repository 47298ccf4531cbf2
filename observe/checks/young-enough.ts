import { CHECKPOINT_LIFETIME_SECONDS } from '../../src/domain/counter-change.ts';
import { formatDuration, formatSpread } from '../format.ts';
import { followShard, type NumberedSighting } from '../recording/follow-shard.ts';
import { byShard, type Recording } from '../recording/recording.ts';
import { type Check, concludeFrom, type Suspicion } from './check.ts';

/** What a checkpoint outlives. */
export const youngEnough: Check = {
  name: 'young-enough',
  assumption: `No record comes more than ${CHECKPOINT_LIFETIME_SECONDS / 3600} h after the newest one`,
  otherwise: 'It is reported as late and not counted, for its checkpoint may be gone',
  judge: (recording) => {
    const { first, again } = listAges(recording);
    const suspicions = findLate(recording);
    const seen = [
      `first delivery: ${describeAges(first)}`,
      `again: ${describeAges(again)}`,
      `${[...first, ...again].filter((age) => age > DAY_MS).length} older than a day`,
    ].join('; ');
    return concludeFrom(suspicions, { seen, isSeen: first.length > 0 });
  },
};

const DAY_MS = 86_400_000;

const describeAges = (ages: readonly number[]): string =>
  ages.length === 0 ? 'none' : `${formatSpread(ages)} old`;

const listAges = (recording: Recording) => {
  const first: number[] = [];
  const again: number[] = [];
  for (const invocations of byShard(recording).values()) {
    for (const { invocation, records, fresh } of followShard(invocations)) {
      const isFresh = new Set(fresh);
      for (const record of records) {
        if (record.writtenMs === undefined) continue;
        (isFresh.has(record) ? first : again).push(invocation.beganMs - record.writtenMs);
      }
    }
  }
  return { first, again };
};

// By DynamoDB's own times, as the counter drops its checkpoints.
const findLate = ({ invocations }: Recording): Suspicion[] => {
  let newestMs = 0;
  return invocations.flatMap(({ shardId, records }) => {
    const late = records.find(
      ({ writtenMs = newestMs }) => newestMs - writtenMs > CHECKPOINT_LIFETIME_SECONDS * 1_000,
    );
    newestMs = records.reduce((newest, { writtenMs = 0 }) => Math.max(newest, writtenMs), newestMs);
    return late
      ? [{ text: describe(shardId, late as NumberedSighting, newestMs), isUnclear: false }]
      : [];
  });
};

const describe = (
  shardId: string | undefined,
  { number, writtenMs = 0 }: NumberedSighting,
  newestMs: number,
): string =>
  `${shardId}: ${number} came when records ${formatDuration(newestMs - writtenMs)} younger had come`;
