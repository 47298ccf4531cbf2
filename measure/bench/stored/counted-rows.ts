import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createProjectorHandler } from '../../../src/projector/projector-handler.ts';
import { insertedFrom } from '../../../test/support/stream-records.ts';

const BATCH = 10_000;

/** Lets the projector count this many rows, as if their records had come from a stream. */
export const countRows = async (
  client: DynamoDBDocumentClient,
  countsTable: string,
  rows: number,
): Promise<void> => {
  const project = createProjectorHandler({ COUNTS_TABLE: countsTable }, client);
  for (let first = 1; first <= rows; first += BATCH) {
    const Records = insertedFrom(first, Math.min(rows, first + BATCH - 1));
    await project({ shardId: 'shardId-of-stored-rows', Records });
  }
};
