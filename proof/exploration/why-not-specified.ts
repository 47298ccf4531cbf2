import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Counter } from '../../src/domain/counter.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import type { StreamEvent } from '../../src/projector/stream-batch.ts';
import { parseCounterItem } from '../../src/tables/counter-item.ts';
import { SESSION } from '../../src/tables/schema.ts';
import { type KnownRecord, whyNotSpecified } from '../specification/counter-step.ts';
import { knownRecordOf } from '../specification/known-record.ts';
import type { Item } from './dynamodb/attribute-value.ts';
import type { Transition } from './transitions.ts';
import { requestedCounter } from './world/counter-items.ts';

/**
 * Why the specification does not allow one of these transitions; undefined when it allows all of them.
 */
export const whyNotAllSpecified = (transitions: readonly Transition[]): string | undefined => {
  for (const transition of transitions) {
    const reason = whyNotTransition(transition);
    if (reason) return `${reason}: ${JSON.stringify(transition.request.input)}`;
  }
  return undefined;
};

// A command other than the projector has no records, so its write must not count any.
const whyNotTransition = ({
  before,
  request,
  answered,
  events,
}: Transition): string | undefined => {
  const counter = requestedCounter(request);
  const step = { before: counterOf(before), after: counterOf(answered.item) };
  const correction = {
    total: step.after.total - step.before.total,
    removed: step.after.removed - step.before.removed,
  };
  return (events.length > 0 ? events : [{}])
    .map((event) => whyNotSpecified({ ...step, correction, recordsOf: recordsIn(event, counter) }))
    .find((reason) => reason !== undefined);
};

const counterOf = (item: Item | undefined): Counter => parseCounterItem(item && unmarshall(item));

const recordsIn = ({ shardId, Records = [] }: StreamEvent, counter: string) => {
  const records = Records.filter((record) => counterOfRecord(record) === counter)
    .flatMap(knownIn)
    .sort((a, b) => Number(a.sequence - b.sequence));
  return (shard: string): readonly KnownRecord[] | undefined =>
    shard === shardId ? records : undefined;
};

const counterOfRecord = ({ dynamodb: { NewImage, OldImage } = {} }: DynamoDBRecord): string =>
  (NewImage ?? OldImage)?.[SESSION.counter]?.S ?? SITE;

const knownIn = (record: DynamoDBRecord): KnownRecord[] => {
  const sequence = record.dynamodb?.SequenceNumber;
  if (sequence === undefined) return [];
  return [knownRecordOf({ record, sequence: BigInt(sequence), isLost: false })];
};
