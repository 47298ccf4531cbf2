import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { CommitChange } from '../domain/counter-store.ts';
import { createMeter, type Meter } from '../metrics/meter.ts';
import { createLog, type Log } from '../runtime/log.ts';
import type { Environment } from '../settings/readers.ts';
import { readProjectorSettings } from '../settings/settings.ts';
import { createCommitChange } from '../tables/commit-counter-change.ts';
import { measureBatch } from './measure-batch.ts';
import { createProjector, type Projected } from './projector.ts';
import { parseStreamEvent, type StreamBatch, type StreamEvent } from './stream-batch.ts';

/** The response that Lambda requires for a tumbling window. */
export interface StreamResponse {
  readonly state: Record<string, never>;
  readonly batchItemFailures: readonly [];
}

/**
 * Returns when the whole batch is counted; throws to make Lambda retry the whole batch. Never reports a
 * partial failure, because the write is all or nothing.
 */
export type ProjectorHandler = (event: StreamEvent) => Promise<StreamResponse>;

/**
 * The handler of the projector function, on Lambda and in the local run.
 * Throws a SettingError when a setting in `env` is missing or malformed.
 */
export const createProjectorHandler = (
  env: Environment,
  client: DynamoDBDocumentClient,
): ProjectorHandler => {
  const { countsTable, counterName } = readProjectorSettings(env);
  return createProjectorHandlerWith({
    commitChange: createCommitChange(client, countsTable),
    log: createLog('projector'),
    meter: createMeter(counterName),
  });
};

export interface ProjectorHandlerDependencies {
  readonly commitChange: CommitChange;
  readonly log: Log;
  readonly meter: Meter;
}

/** The handler of the projector function, over any counter store. */
export const createProjectorHandlerWith = ({
  commitChange,
  log,
  meter,
}: ProjectorHandlerDependencies): ProjectorHandler => {
  const project = createProjector(commitChange);
  return async (event) => {
    const batch = parseStreamEvent(event);
    for (const malformedRecord of batch.malformedRecords) {
      log.warn('A stream record is malformed', { malformedRecord });
    }
    const projected = await project(batch);
    reportLosses(log, batch, projected);
    meter(measureBatch(batch, projected));
    return { state: {}, batchItemFailures: [] };
  };
};

// Records that may now be missing from the total; the audit measures the drift, a rebuild corrects it.
const reportLosses = (
  log: Log,
  { shardId, events }: StreamBatch,
  { late, leapt }: Projected,
): void => {
  const first = events[0]?.sequence;
  if (late > 0) log.error('Records arrived too late to be counted', { shardId, first, late });
  if (leapt) log.error('Earlier records failed and were never delivered again', { shardId, first });
};
