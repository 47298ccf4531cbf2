import type { Request } from '../dynamodb/answer-request.ts';
import type { Batch } from './streams.ts';

/** What a container waits for: an event, the reply to a request, or which request comes first. */
export type ContainerCall = EventCall | RequestCall | ChoiceCall;

/** The container is idle; the key is everything its handler remembers. */
export interface EventCall {
  readonly kind: 'event';
  readonly key: () => string;
  /** The last invocation's result for the event source; undefined before the first. */
  readonly outcome: 'taken' | 'failed' | undefined;
}

/**
 * A request to send. The key is the batch, everything the handler remembers, the number of requests for each
 * counter so far, this request and those that wait. The handler's local variables follow from these, which
 * `checkMerges` verifies.
 */
export interface RequestCall {
  readonly kind: 'request';
  readonly key: () => string;
  readonly request: Request;
  /** The requests for other counters that are sent at the same time, or later. */
  readonly others: readonly Request[];
  readonly batch: Batch;
}

/**
 * The handler has sent several requests at once, so DynamoDB may apply them in any order. Answered with the
 * place of the one that comes first. The others follow once it is answered: they are about other items, so
 * each order of replies leads to the same states as one in which each reply arrives at once.
 */
export interface ChoiceCall {
  readonly kind: 'choice';
  readonly key: () => string;
  readonly requests: readonly Request[];
  readonly batch: Batch;
}
