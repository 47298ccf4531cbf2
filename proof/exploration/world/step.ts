/** A step of a world; `container` is an index in the state's order. */
export type Step =
  /** The event source delivers a batch to an idle container. */
  | ({ readonly op: 'deliver'; readonly container: number } & BatchName & Order)
  /** The request of a container is applied by DynamoDB. */
  | { readonly op: 'apply'; readonly container: number }
  /** The reply reaches the container. */
  | ({ readonly op: 'answer'; readonly container: number } & Order)
  /** The reply is lost, and the SDK retries the request. */
  | { readonly op: 'loseAnswer'; readonly container: number }
  /** The SDK retries the request while the first one is still in flight. */
  | { readonly op: 'resend'; readonly container: number }
  /** The SDK gives up: throttled, or without a reply. */
  | ({ readonly op: 'fail'; readonly container: number } & Order)
  /** The process dies, together with a request that has not reached DynamoDB. */
  | { readonly op: 'crash'; readonly container: number }
  /** The invocation times out and its process ends, but its request is still in flight. */
  | { readonly op: 'abandon'; readonly container: number }
  /** The same, and the requests for other counters that it sent at the same time are in flight too. */
  | { readonly op: 'abandonAll'; readonly container: number }
  /** A delayed request reaches DynamoDB; nobody receives the reply. */
  | { readonly op: 'arrive'; readonly request: number }
  /** An idle container is replaced by a new one without memory. */
  | { readonly op: 'coldStart'; readonly container: number }
  /** A command starts, or what it waits for has come: a pause is over, or all is counted. */
  | { readonly op: 'continue'; readonly operator: number }
  /** The request of a command is applied by DynamoDB. */
  | { readonly op: 'send'; readonly operator: number }
  /** The reply reaches the command. */
  | { readonly op: 'receive'; readonly operator: number }
  /** The reply is lost, and the SDK retries the request. */
  | { readonly op: 'loseReply'; readonly operator: number }
  /** The command is killed, together with a request that has not reached DynamoDB. */
  | { readonly op: 'kill'; readonly operator: number }
  /** The command is killed while its request is in flight. */
  | { readonly op: 'killInFlight'; readonly operator: number }
  /** A command runs to its end, because nothing else can happen. */
  | { readonly op: 'finish'; readonly operator: number }
  | { readonly op: 'tick' }
  /** One of the plan's external events occurs. */
  | { readonly op: 'external'; readonly event: number; readonly outcome: number };

/** Which of several requests sent at once comes first, by its place; undefined when there is only one. */
export interface Order {
  readonly first?: number;
}

/** Identifies a batch: its shard, its first record, and the one after its last. */
export interface BatchName {
  readonly shard: number;
  readonly start: number;
  readonly end: number;
}

/** The code of a step, as `--play` takes it. */
export const codeOf = ({ op, ...rest }: Step): string => [op, ...Object.values(rest)].join(':');
