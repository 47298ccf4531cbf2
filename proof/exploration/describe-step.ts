import { eventOutcomes } from './world/event-outcomes.ts';
import { shardName } from './world/shard-name.ts';
import type { State } from './world/state.ts';
import type { Step } from './world/step.ts';
import type { World } from './world/world.ts';

/** Describes a step taken from `state`; `names` are those of its containers. */
export const describeStep = (
  { parts }: World,
  state: State,
  { step, names }: { readonly step: Step; readonly names: readonly string[] },
): string => {
  const { plan } = parts;
  if ('operator' in step) {
    return OPERATOR_STEPS[step.op](plan.operators[step.operator]?.name ?? '');
  }
  switch (step.op) {
    case 'tick':
      return `The clock advances to ${new Date(plan.clocks[state.clock + 1] ?? 0).toISOString()}`;
    case 'external':
      return eventOutcomes(parts, state)[step.event]?.[step.outcome]?.description ?? '';
    case 'arrive':
      return 'A delayed request of an ended invocation reaches DynamoDB';
    case 'deliver': {
      const { shard, start, end, first } = step;
      const records = start === end ? 'an empty batch' : `records ${start + 1} to ${end}`;
      return `${names[step.container]} receives ${records} of ${shardName(shard)}${describeOrder(first)}`;
    }
    default: {
      const order = 'first' in step ? describeOrder(step.first) : '';
      return `${CONTAINER_STEPS[step.op](names[step.container] ?? '')}${order}`;
    }
  }
};

const describeOrder = (first: number | undefined): string =>
  first === undefined ? '' : `; of its requests, number ${first + 1} comes first`;

type ContainerOp = Exclude<Extract<Step, { readonly container: number }>['op'], 'deliver'>;
type OperatorOp = Extract<Step, { readonly operator: number }>['op'];
type Description = (name: string) => string;

const CONTAINER_STEPS: Readonly<Record<ContainerOp, Description>> = {
  apply: (name) => `The request of ${name} reaches DynamoDB`,
  answer: (name) => `${name} receives the reply`,
  loseAnswer: (name) => `The reply to ${name} is lost, and the SDK retries the request`,
  resend: (name) => `${name} retries its request while the first one is still in flight`,
  fail: (name) => `The SDK of ${name} gives up`,
  crash: (name) => `${name} crashes`,
  abandon: (name) => `${name} times out while its request is still in flight`,
  abandonAll: (name) => `${name} times out while all of its requests are still in flight`,
  coldStart: (name) => `${name} is replaced by a new container`,
};

const OPERATOR_STEPS: Readonly<Record<OperatorOp, Description>> = {
  continue: (name) => `${name} starts or continues`,
  send: (name) => `The request of ${name} reaches DynamoDB`,
  receive: (name) => `${name} receives the reply`,
  loseReply: (name) => `The reply to ${name} is lost, and the SDK retries the request`,
  finish: (name) => `${name} runs to its end`,
  kill: (name) => `${name} is killed`,
  killInFlight: (name) => `${name} is killed while its request is still in flight`,
};
