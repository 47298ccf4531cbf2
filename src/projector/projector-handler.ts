import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { CommitChange } from '../domain/counter-store.ts';
import { createMeter, type Meter, type OpenMeter } from '../metrics/meter.ts';
import { createLog, type Log } from '../runtime/log.ts';
import type { Environment } from '../settings/readers.ts';
import { readProjectorSettings } from '../settings/settings.ts';
import { createCommitChange } from '../tables/commit-counter-change.ts';
import { measureBatch } from './measure-batch.ts';
import { createProjectors, type Projected } from './projectors.ts';
import { parseStreamEvent, type StreamBatch, type StreamEvent } from './stream-batch.ts';

/** The response that Lambda requires for a tumbling window. */
export interface StreamResponse {
  readonly state: Record<string, never>;
  readonly batchItemFailures: readonly [];
}

/**
 * Returns when the whole event is counted, for each counter in it; throws to make Lambda deliver all of it again.
 * Never reports a partial failure: what was counted is a duplicate then.
 */
export type ProjectorHandler = (event: StreamEvent) => Promise<StreamResponse>;

/**
 * The handler of the projector function, on Lambda and in the local run.
 * Throws a SettingError when a setting in `env` is missing or malformed.
 */
export const createProjectorHandler = (
  env: Environment,
  client: DynamoDBDocumentClient,
  openMeter: OpenMeter = createMeter,
): ProjectorHandler => {
  const { countsTable, counterName } = readProjectorSettings(env);
  return createProjectorHandlerWith({
    commitChange: createCommitChange(client, countsTable),
    log: createLog('projector'),
    meter: openMeter(counterName),
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
  const projectAll = createProjectors(commitChange);
  return async (event) => {
    const { batches, malformedRecords } = parseStreamEvent(event);
    for (const malformedRecord of malformedRecords) {
      log.warn('A stream record is malformed', { malformedRecord });
    }
    const projected = await projectAll(batches);
    for (const [place, one] of projected.entries()) {
      reportLosses(log, batches[place] as StreamBatch, one);
    }
    meter(measureBatch(malformedRecords.length, projected));
    return { state: {}, batchItemFailures: [] };
  };
};

// Records that may now be missing from the total; the audit measures the drift, a rebuild corrects it.
const reportLosses = (
  log: Log,
  { counter, shardId, events }: StreamBatch,
  { late, leapt }: Projected,
): void => {
  const place = { counter, shardId, first: events[0]?.sequence };
  if (late > 0) log.error('Records arrived too late to be counted', { ...place, late });
  if (leapt) log.error('Earlier records failed and were never delivered again', place);
};
