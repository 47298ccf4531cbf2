import type { DynamoDBRecord } from 'aws-lambda';
import { SESSION } from '../../tables/schema.ts';

type Image = NonNullable<DynamoDBRecord['dynamodb']>['NewImage'];

// The projector reads nothing else.
const KEPT_ATTRIBUTES: readonly string[] = [
  SESSION.hash,
  SESSION.counter,
  SESSION.firstAccessed,
  SESSION.lastAccessed,
  SESSION.retracted,
  SESSION.restored,
];

/**
 * Formats a stream record as a line of JSON: its shard and sequence number, its kind, and the hash, the
 * counter, the times and the marks of its row.
 */
export const formatRecordedLine = (shardId: string, record: DynamoDBRecord): string => {
  const { eventID, eventName, dynamodb = {} } = record;
  const { SequenceNumber, ApproximateCreationDateTime, Keys, NewImage, OldImage } = dynamodb;
  const images = { Keys: keep(Keys), NewImage: keep(NewImage), OldImage: keep(OldImage) };
  const kept = { SequenceNumber, ApproximateCreationDateTime, ...images };
  return JSON.stringify({ shardId, eventID, eventName, dynamodb: kept });
};

const keep = (image: Image): Image =>
  image &&
  Object.fromEntries(Object.entries(image).filter(([name]) => KEPT_ATTRIBUTES.includes(name)));
