import { createLog } from '../log.ts';
import { createProjectorHandler } from '../projector/projector-handler.ts';
import type { Environment } from '../settings/readers.ts';
import type { Database } from './database.ts';
import { type EventSource, startEventSource } from './event-source/event-source.ts';
import { createFilePositions, createMemoryPositions } from './event-source/positions.ts';
import { createStreamReader } from './event-source/stream-reader.ts';

/**
 * Starts to deliver the stream of sessions to the projector: on from what `positionsFile` says,
 * or from its start without one.
 */
export const startProjection = (
  settings: Environment,
  { client, streams, streamArn }: Database,
  positionsFile: string | undefined,
): EventSource =>
  startEventSource({
    reader: createStreamReader(streams, streamArn),
    streamArn,
    handler: createProjectorHandler(settings, client),
    positions: positionsFile
      ? createFilePositions(positionsFile, streamArn)
      : createMemoryPositions(),
    log: createLog('event-source'),
  });
