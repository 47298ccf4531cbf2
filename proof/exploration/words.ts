import type { State } from './world/state.ts';
import type { Step } from './world/step.ts';
import { turnsOf } from './world/turns.ts';
import type { World } from './world/world.ts';
import { shardName } from './world/world-plan.ts';

/** Describes a step taken from `state`; `names` are those of its containers. */
export const wordsOf = (
  { parts }: World,
  state: State,
  { step, names }: { readonly step: Step; readonly names: readonly string[] },
): string => {
  const { plan } = parts;
  if ('operator' in step) {
    return OPERATOR_WORDS[step.op](plan.operators[step.operator]?.name ?? '');
  }
  switch (step.op) {
    case 'tick':
      return `The clock advances to ${new Date(plan.clocks[state.clock + 1] ?? 0).toISOString()}`;
    case 'happen':
      return turnsOf(parts, state)[step.happening]?.[step.turn]?.words ?? '';
    case 'arrive':
      return 'A delayed request of an ended invocation reaches DynamoDB';
    case 'deliver': {
      const { shard, start, end } = step;
      const records = start === end ? 'an empty batch' : `records ${start + 1} to ${end}`;
      return `${names[step.container]} receives ${records} of ${shardName(shard)}`;
    }
    default:
      return CONTAINER_WORDS[step.op](names[step.container] ?? '');
  }
};

type ContainerOp = Exclude<Extract<Step, { readonly container: number }>['op'], 'deliver'>;
type OperatorOp = Extract<Step, { readonly operator: number }>['op'];
type Words = (name: string) => string;

const CONTAINER_WORDS: Readonly<Record<ContainerOp, Words>> = {
  apply: (name) => `The request of ${name} reaches DynamoDB`,
  answer: (name) => `${name} receives the reply`,
  loseAnswer: (name) => `The reply to ${name} is lost, and the SDK retries the request`,
  resend: (name) => `${name} retries its request while the first one is still in flight`,
  fail: (name) => `The SDK of ${name} gives up`,
  crash: (name) => `${name} crashes`,
  abandon: (name) => `${name} times out while its request is still in flight`,
  coldStart: (name) => `${name} is replaced by a new container`,
};

const OPERATOR_WORDS: Readonly<Record<OperatorOp, Words>> = {
  goOn: (name) => `${name} starts or continues`,
  ask: (name) => `The request of ${name} reaches DynamoDB`,
  hear: (name) => `${name} receives the reply`,
  mishear: (name) => `The reply to ${name} is lost, and the SDK retries the request`,
  finish: (name) => `${name} runs to its end`,
  kill: (name) => `${name} is killed`,
  killLate: (name) => `${name} is killed while its request is still in flight`,
};
