/** What happens next in a world; `container` is a place in the state's order. */
export type Step =
  /** The event source hands a batch to a container that is idle. */
  | ({ readonly op: 'deliver'; readonly container: number } & BatchName)
  /** The request of a container reaches DynamoDB, which makes what it makes of it. */
  | { readonly op: 'apply'; readonly container: number }
  /** The answer reaches the container. */
  | { readonly op: 'answer'; readonly container: number }
  /** The answer gets lost, and the SDK sends the same request again. */
  | { readonly op: 'loseAnswer'; readonly container: number }
  /** The SDK waits no longer and sends the request again, while the first is still on its way. */
  | { readonly op: 'resend'; readonly container: number }
  /** The SDK gives up: throttled, or no answer came. */
  | { readonly op: 'fail'; readonly container: number }
  /** The process dies, and a request that did not reach DynamoDB with it. */
  | { readonly op: 'crash'; readonly container: number }
  /** The invocation is given up and its process gone, but the request is still on its way. */
  | { readonly op: 'abandon'; readonly container: number }
  /** A request on its way arrives at last, and nobody hears the answer. */
  | { readonly op: 'arrive'; readonly zombie: number }
  /** An idle container is put away; its place is taken by one that remembers nothing. */
  | { readonly op: 'coldStart'; readonly container: number }
  /** A command begins, or its call is answered: a pause is over, or all is counted. */
  | { readonly op: 'goOn'; readonly operator: number }
  /** The request of a command reaches DynamoDB. */
  | { readonly op: 'ask'; readonly operator: number }
  /** The answer reaches the command. */
  | { readonly op: 'hear'; readonly operator: number }
  /** The answer gets lost, and the SDK sends the same request again. */
  | { readonly op: 'mishear'; readonly operator: number }
  /** Somebody kills the command, and a request that did not reach DynamoDB with it. */
  | { readonly op: 'kill'; readonly operator: number }
  /** Somebody kills the command while its request is on its way. */
  | { readonly op: 'killLate'; readonly operator: number }
  /** A command goes on to its end, for nothing else is left to happen. */
  | { readonly op: 'finish'; readonly operator: number }
  | { readonly op: 'tick' }
  /** One of the plan's happenings goes on. */
  | { readonly op: 'happen'; readonly happening: number; readonly turn: number };

/** Names a batch: its shard, the first record, and the one after the last. */
export interface BatchName {
  readonly shard: number;
  readonly start: number;
  readonly end: number;
}

/** A step in a word, which `--play` takes. */
export const codeOf = ({ op, ...rest }: Step): string => [op, ...Object.values(rest)].join(':');
