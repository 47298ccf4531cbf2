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

/** What Lambda demands of a function behind a tumbling window. */
export interface StreamAnswer {
  readonly state: Record<string, never>;
  readonly batchItemFailures: readonly [];
}

/**
 * A return says that the whole batch is counted, a throw that Lambda is to bring the whole batch
 * again. Never reports a part: the write is all or nothing.
 */
export type ProjectorHandler = (event: StreamEvent) => Promise<StreamAnswer>;

/**
 * The projector function, the same on Lambda and on one's own machine.
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
    now: Date.now,
  });
};

export interface ProjectorHandlerDependencies {
  readonly commitChange: CommitChange;
  readonly log: Log;
  readonly meter: Meter;
  /** Epoch milliseconds; it only measures the lag and decides nothing. */
  readonly now: () => number;
}

/** The projector function over any counter store, as the replay tests run it. */
export const createProjectorHandlerWith = ({
  commitChange,
  log,
  meter,
  now,
}: ProjectorHandlerDependencies): ProjectorHandler => {
  const project = createProjector(commitChange);
  return async (event) => {
    const batch = parseStreamEvent(event);
    for (const malformedRecord of batch.malformedRecords)
      log.warn('An odd stream record was passed', { malformedRecord });
    const projected = await project(batch);
    reportLosses(log, batch, projected);
    meter(measureBatch(batch, projected, now()));
    return { state: {}, batchItemFailures: [] };
  };
};

// What may be missing from the total now; the audit tells by how much, and a rebuild repairs it.
const reportLosses = (
  log: Log,
  { shardId, events }: StreamBatch,
  { late, leapt }: Projected,
): void => {
  const first = events[0]?.sequence;
  if (late > 0) log.error('Records came too late to be counted', { shardId, first, late });
  if (leapt) log.error('Records before these failed and never came again', { shardId, first });
};
