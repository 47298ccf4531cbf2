import type { DynamoDBRecord } from 'aws-lambda';
import { SESSION } from '../../tables/schema.ts';

type Image = NonNullable<DynamoDBRecord['dynamodb']>['NewImage'];

// The hash and the two times are all that the projector reads.
const KEPT: readonly string[] = [SESSION.hash, SESSION.firstAccessed, SESSION.lastAccessed];

/** A stream record as one line of JSON: its place, its kind, the hash and the times of its row. */
export const formatRecordedLine = (shardId: string, record: DynamoDBRecord): string => {
  const { eventID, eventName, dynamodb = {} } = record;
  const { SequenceNumber, ApproximateCreationDateTime, Keys, NewImage, OldImage } = dynamodb;
  const images = { Keys: keep(Keys), NewImage: keep(NewImage), OldImage: keep(OldImage) };
  const kept = { SequenceNumber, ApproximateCreationDateTime, ...images };
  return JSON.stringify({ shardId, eventID, eventName, dynamodb: kept });
};

const keep = (image: Image): Image =>
  image && Object.fromEntries(Object.entries(image).filter(([name]) => KEPT.includes(name)));
