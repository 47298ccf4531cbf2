import { createProjectorHandler, type ProjectorHandler } from '../projector/projector-handler.ts';
import { createLog } from '../runtime/log.ts';
import type { Environment } from '../settings/readers.ts';
import { scanCounters } from '../tables/scan-counters.ts';
import { createStreamReader } from '../tables/stream-reader.ts';
import type { Database, TableNames } from './database.ts';
import { createCheckpointPositions } from './event-source/checkpoint-positions.ts';
import {
  type EventSourceMapping,
  startEventSourceMapping,
} from './event-source/event-source-mapping.ts';
import type { MappingTiming } from './event-source/mapping-timing.ts';
import type { ShardPositions } from './event-source/shard-positions.ts';

export interface ProjectionOptions {
  /** Default: the counters' checkpoints. */
  readonly positions?: ShardPositions;
  readonly timing?: MappingTiming | undefined;
  /** Default: a projector of its own. */
  readonly handler?: ProjectorHandler;
}

/**
 * Starts delivering the sessions table's stream to the projector. Resumes at the counters'
 * checkpoints unless other positions are given.
 */
export const startProjection = (
  settings: Environment & TableNames,
  { client, streams, streamArn }: Database,
  { positions, timing, handler }: ProjectionOptions = {},
): EventSourceMapping => {
  const readCounters = () => scanCounters(client, settings.COUNTS_TABLE, 'strong');
  return startEventSourceMapping({
    reader: createStreamReader(streams, streamArn),
    streamArn,
    handler: handler ?? createProjectorHandler(settings, client),
    positions: positions ?? createCheckpointPositions(readCounters),
    timing,
    log: createLog('event-source'),
  });
};
