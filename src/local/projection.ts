import { createProjectorHandler } from '../projector/projector-handler.ts';
import { createLog } from '../runtime/log.ts';
import type { Environment } from '../settings/readers.ts';
import { readCounter } from '../tables/read-counter.ts';
import { createStreamReader } from '../tables/stream-reader.ts';
import type { Database, TableNames } from './database.ts';
import { createCounterPositions } from './event-source/counter-positions.ts';
import { type EventSource, startEventSource } from './event-source/event-source.ts';
import type { Positions } from './event-source/shard-positions.ts';

/**
 * Starts to deliver the stream of sessions to the projector: on from the checkpoints of the
 * counter, unless other positions are given.
 */
export const startProjection = (
  settings: Environment & TableNames,
  { client, streams, streamArn }: Database,
  positions: Positions = createCounterPositions(() =>
    readCounter(client, settings.COUNTS_TABLE, 'strong'),
  ),
): EventSource =>
  startEventSource({
    reader: createStreamReader(streams, streamArn),
    streamArn,
    handler: createProjectorHandler(settings, client),
    positions,
    log: createLog('event-source'),
  });
