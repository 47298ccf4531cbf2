/** Condition keys of a request with their values, such as `dynamodb:LeadingKeys`. */
export type CallContext = Readonly<Record<string, readonly string[]>>;

/** What IAM decides about: one action on one resource. */
export interface AwsCall {
  /** With the prefix of its service, such as `dynamodb:GetItem`. */
  readonly action: string;
  /** An ARN; `*` for an action without resources. */
  readonly resource: string;
  readonly context: CallContext;
}

/** A call with the function that made it. */
export interface FunctionCall extends AwsCall {
  readonly functionName: string;
}

/** Formats a call for a message. */
export const describeCall = ({ action, resource, context }: AwsCall): string => {
  const keys = Object.entries(context).map(([key, values]) => ` ${key}=${values.join(',')}`);
  return `${action} on ${resource}${keys.join('')}`;
};

/** The calls without repetitions. */
export const distinctCalls = <Call extends AwsCall>(calls: readonly Call[]): Call[] => [
  ...new Map(calls.map((call) => [JSON.stringify(call), call])).values(),
];
