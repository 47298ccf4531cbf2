import type { Batch } from './batch.ts';
import type { RunningInvocation } from './running-invocation.ts';
import type { ModelRecord } from './shard-model.ts';
import { assertSame, Violation } from './violation.ts';
import type { World } from './world.ts';

/**
 * The postcondition of a success: every record of the batch is at or below the checkpoint of its shard in
 * its counter. An up-to-date container with something new to count must also have needed exactly one write
 * for each counter.
 */
export const expectCounted = (
  world: World,
  batch: Batch,
): ((invocation: RunningInvocation) => void) => {
  const lastOfEach = [...lastByCounter(batch).values()];
  const mustBeUpToDate = new Set(
    lastOfEach.filter((last) => needsOneWrite(world, batch, last)).map(({ counter }) => counter),
  );
  return ({ committed, rejected }) => {
    for (const last of lastOfEach) {
      if (world.counters.hasCounted(batch.shard, last)) continue;
      throw new Violation(
        'A successful invocation must cover its batch',
        `${last.sequence} in ${last.counter}`,
        world.counters.of(last.counter).reached(batch.shard),
      );
    }
    for (const counter of mustBeUpToDate) {
      const [wrong, right] = [rejected.get(counter) ?? 0, committed.get(counter) ?? 0];
      assertSame('Rejected writes of an up-to-date container', 0, wrong);
      assertSame('Writes of an up-to-date container', 1, right);
    }
    for (const counter of committed.keys()) {
      const isInBatch = lastOfEach.some((last) => last.counter === counter);
      assertSame(`A batch with records of ${counter}, which it writes`, true, isInBatch);
    }
  };
};

const lastByCounter = ({ records }: Batch): Map<string, ModelRecord> => {
  const last = new Map<string, ModelRecord>();
  for (const record of records) {
    if (record.record.dynamodb?.SequenceNumber) last.set(record.counter, record);
  }
  return last;
};

const needsOneWrite = (world: World, batch: Batch, last: ModelRecord): boolean =>
  batch.fault === 'none' &&
  world.upToDate.get(last.counter) === batch.container &&
  !world.shardsWithFailures.has(batch.shard.id) &&
  !world.counters.hasCounted(batch.shard, last);
