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

/** What counts again whatever a stream lost, for the end of a message. */
export const REPAIR = 'npm run counter -- rebuild counts again from the rows';

/**
 * An iterator behind what was delivered of the shard. When the stream does not go on there, says so
 * and begins at its start: to skip a record would be to lose it, while one that comes again is
 * told apart. Throws what reader and positions throw; no error of the positions is taken for one of
 * the stream.
 */
export const openShard = async (
  shardId: string,
  opening: ShardIteratorOptions,
): Promise<string> => {
  const { reader, positions, log, signal } = opening;
  const { position, reachedMs } = await positions.find(shardId).catch((cause) => {
    throw new Error(`It cannot be read how far ${shardId} was delivered`, { cause });
  });
  const broken = await findDiscontinuityAt({ position, reachedMs }, shardId, opening);
  if (broken === undefined) return reader.openShard(shardId, position, signal);
  log.error(describeDiscontinuity(broken, shardId));
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
    // DynamoDB Local's answer to a number that its stream does not have.
    if ((error as Error).name === 'ValidationException') return 'replaced';
    throw error;
  }
};

/** What a break means, and what to do about it. */
export const describeDiscontinuity = (broken: Discontinuity, shardId: string): string =>
  broken === 'trimmed'
    ? `A gap in ${shardId}: the stream lost records before they were delivered. ${REPAIR}`
    : `${shardId} does not go on where its delivery stopped, as if its table was restored or replaced. ` +
      `It is delivered from its start; new records with the numbers of old ones are lost. ${REPAIR}`;
