import type { DynamoDBRecord } from 'aws-lambda';

export const NOW = '2026-11-23T18:00:00.000Z';
export const NOW_MS = Date.parse(NOW);
export const TODAY = '2026-11-23';

/** A sequence number with 24 digits, as AWS uses today, increasing with `position`. */
export const sequenceNumber = (position: number): string =>
  (100_000_000_000_000_000_000_000n + BigInt(position)).toString();

const image = (sessionHash: string, seenAt = NOW) => ({
  session_hash: { S: sessionHash },
  first_accessed: { S: seenAt },
  last_accessed: { S: seenAt },
  active_shard: { N: '2' },
  expires_at: { N: '1829584800' },
});

const record = (
  eventName: NonNullable<DynamoDBRecord['eventName']>,
  position: number,
  images: object,
): DynamoDBRecord => ({
  eventID: `event-${position}`,
  eventName,
  eventVersion: '1.1',
  eventSource: 'aws:dynamodb',
  awsRegion: 'eu-central-1',
  eventSourceARN: 'arn:aws:dynamodb:eu-central-1:123456789012:table/sessions/stream/2026',
  dynamodb: {
    ApproximateCreationDateTime: NOW_MS / 1000,
    Keys: { session_hash: { S: `session-${position}` } },
    SequenceNumber: sequenceNumber(position),
    SizeBytes: 300,
    StreamViewType: 'NEW_AND_OLD_IMAGES',
    ...images,
  },
});

/** The record of an inserted row, at this position of its shard. */
export const inserted = (position: number, firstAccessed = NOW): DynamoDBRecord =>
  record('INSERT', position, { NewImage: image(`session-${position}`, firstAccessed) });

/** The record, about a row of this counter. */
export const inCounter = (
  counter: string,
  { dynamodb = {}, ...rest }: DynamoDBRecord,
): DynamoDBRecord => {
  const named = (image: typeof dynamodb.NewImage) =>
    image && { ...image, counter_name: { S: counter } };
  const images = { NewImage: named(dynamodb.NewImage), OldImage: named(dynamodb.OldImage) };
  const present = Object.fromEntries(Object.entries(images).filter(([, image]) => image));
  return { ...rest, dynamodb: { ...dynamodb, ...present } };
};

/** The records of inserted rows at these positions, inclusive. */
export const insertedFrom = (first: number, last: number): DynamoDBRecord[] =>
  Array.from({ length: last - first + 1 }, (_, offset) => inserted(first + offset));

/** The record of an updated row. */
export const modified = (position: number): DynamoDBRecord =>
  record('MODIFY', position, { OldImage: image('session-1'), NewImage: image('session-1') });

/** The record of a row that was deleted by a request. */
export const removed = (position: number): DynamoDBRecord =>
  record('REMOVE', position, { OldImage: image('session-1') });

/** The record of a row that was deleted by its time to live. */
export const expired = (position: number): DynamoDBRecord => ({
  ...removed(position),
  userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
});

/** The record, with a mark in its image. */
export const marked = (
  { dynamodb = {}, ...rest }: DynamoDBRecord,
  image: 'NewImage' | 'OldImage',
  mark: 'retracted' | 'restored',
): DynamoDBRecord => ({
  ...rest,
  dynamodb: { ...dynamodb, [image]: { ...dynamodb[image], [mark]: { S: NOW } } },
});

/** The record of a deleted row that was marked as retracted. */
export const retracted = (position: number): DynamoDBRecord =>
  marked(removed(position), 'OldImage', 'retracted');

/** The record of a row that was restored. */
export const restored = (position: number): DynamoDBRecord =>
  marked(inserted(position), 'NewImage', 'restored');
