import type { State } from './world/state.ts';
import type { Step } from './world/step.ts';
import { turnsOf } from './world/turns.ts';
import type { World } from './world/world.ts';
import { shardName } from './world/world-plan.ts';

/** A step in words, as it is taken from `state`; `names` are those of its containers. */
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
      return `The clock comes to ${new Date(plan.clocks[state.clock + 1] ?? 0).toISOString()}`;
    case 'happen':
      return turnsOf(parts, state)[step.happening]?.[step.turn]?.words ?? '';
    case 'arrive':
      return 'The request of an invocation that is gone reaches DynamoDB';
    case 'deliver': {
      const { shard, start, end } = step;
      const records = start === end ? 'an empty batch' : `records ${start + 1} to ${end}`;
      return `${names[step.container]} gets ${records} of ${shardName(shard)}`;
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
  answer: (name) => `${name} gets the answer`,
  loseAnswer: (name) => `The answer to ${name} gets lost, and the SDK sends the request again`,
  resend: (name) => `${name} sends its request again while the first is still on its way`,
  fail: (name) => `The SDK of ${name} gives up`,
  crash: (name) => `${name} crashes`,
  abandon: (name) => `${name} is given up while its request is still on its way`,
  coldStart: (name) => `${name} is replaced by a new one`,
};

const OPERATOR_WORDS: Readonly<Record<OperatorOp, Words>> = {
  goOn: (name) => `${name} begins or goes on`,
  ask: (name) => `The request of ${name} reaches DynamoDB`,
  hear: (name) => `${name} gets the answer`,
  mishear: (name) => `The answer to ${name} gets lost, and the SDK sends the request again`,
  finish: (name) => `${name} goes on to its end`,
  kill: (name) => `${name} is killed`,
  killLate: (name) => `${name} is killed while its request is still on its way`,
};
