import { commandLine } from '../../runtime/command-line.ts';
import type { Log } from '../../runtime/log.ts';
import type { StreamReader } from '../../tables/stream-reader.ts';
import { type Discontinuity, findDiscontinuity } from './find-discontinuity.ts';
import type { ResumePoint, ShardPositions } from './shard-positions.ts';

export interface ShardIteratorOptions {
  readonly reader: StreamReader;
  readonly positions: ShardPositions;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** The end of a message about lost records: what repairs any loss. */
export const REPAIR = `To count again from the rows, run: ${commandLine('rebuild')}`;

/**
 * A shard iterator after the last delivered record, or at the trim horizon if an earlier one is not. If the stream does
 * not continue there, logs that and starts at the trim horizon: a skipped record would be lost, whereas the projector
 * recognizes a repeated one. Throws what reader and positions throw. An error of the positions is wrapped, so that it
 * is never mistaken for one of the stream.
 */
export const openShardIterator = async (
  shardId: string,
  options: ShardIteratorOptions,
): Promise<string> => {
  const { reader, positions, log, signal } = options;
  const { isComplete, ...reached } = await positions.find(shardId).catch((cause) => {
    throw new Error(`Cannot read the position of ${shardId}`, { cause });
  });
  const discontinuity = await findDiscontinuityAt(reached, shardId, options);
  if (discontinuity === undefined) {
    const next = (await isComplete?.(reader, signal)) === false ? 'start' : reached.position;
    return reader.openShard(shardId, next, signal);
  }
  log.error(describeDiscontinuity(discontinuity, shardId));
  positions.set(shardId, 'start');
  return reader.openShard(shardId, 'start', signal);
};

const findDiscontinuityAt = async (
  { position, reachedMs }: ResumePoint,
  shardId: string,
  { reader, signal }: ShardIteratorOptions,
): Promise<Discontinuity | undefined> => {
  if (position === 'start' || position === 'finished') return undefined;
  try {
    const first = await reader.findRecord(shardId, position, signal);
    return findDiscontinuity({ position, reachedMs }, first);
  } catch (error) {
    // DynamoDB Local rejects a sequence number that its stream does not have.
    if ((error as Error).name === 'ValidationException') return 'replaced';
    throw error;
  }
};

/** A message that explains a discontinuity and says what to do. */
export const describeDiscontinuity = (discontinuity: Discontinuity, shardId: string): string =>
  discontinuity === 'trimmed'
    ? `A gap in ${shardId}: the stream lost records before they were delivered. ${REPAIR}`
    : `${shardId} does not continue where its delivery stopped, as if its table had been restored or ` +
      'replaced. It is read from its start. New records that reuse old sequence numbers are lost. ' +
      REPAIR;
