import type { Reply, Request } from '../dynamodb/answer-request.ts';
import { canonicalText } from '../dynamodb/attribute-value.ts';
import { requestedKey } from './counter-items.ts';

/** A request of a handler that waits to be applied. */
export interface WaitingRequest {
  readonly request: Request;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: unknown) => void;
}

/** The requests that a handler has sent and DynamoDB has not applied yet. */
export interface WaitingRequests {
  readonly send: (request: Request) => Promise<Reply>;
  readonly requests: () => readonly Request[];
  readonly take: (place: number) => WaitingRequest;
  /** How many requests of an invocation were taken for each counter, and the requests that wait. */
  readonly text: () => string;
  /** Forgets the requests of the last invocation. Throws when one of them still waits. */
  readonly clear: () => void;
}

/** No request. */
export const createWaitingRequests = (): WaitingRequests => {
  const waiting: WaitingRequest[] = [];
  const taken = new Map<string, number>();
  const requests = (): Request[] => waiting.map(({ request }) => request);
  return {
    requests,
    send: (request) => {
      const { promise, resolve, reject } = Promise.withResolvers<Reply>();
      waiting.push({ request, resolve, reject });
      return promise;
    },
    take: (place) => {
      const [one] = waiting.splice(place, 1) as [WaitingRequest];
      const key = requestedKey(one.request);
      taken.set(key, (taken.get(key) ?? 0) + 1);
      return one;
    },
    text: () => canonicalText([Object.fromEntries(taken), requests()]),
    clear: () => {
      taken.clear();
      if (waiting.length > 0) throw new Error('An invocation ended while a request waited');
    },
  };
};
