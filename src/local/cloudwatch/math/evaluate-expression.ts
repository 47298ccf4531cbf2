import { type Filler, fill } from './fill.ts';
import { choose, rate, reduce } from './functions.ts';
import { mathError } from './math-error.ts';
import type { MathCall, MathNode } from './math-node.ts';
import { applyOperator } from './operators.ts';
import { parseExpression } from './parse-expression.ts';
import { isList, isSeries, type MathValue, type Series } from './series.ts';

/** What an expression can refer to. */
export interface MathScope {
  /** The series of a metric or of another expression; undefined for an unknown id. */
  readonly seriesOf: (id: string) => Series | undefined;
  /** The period of a metric, in seconds; undefined for an expression and for an unknown id. */
  readonly periodOf: (id: string) => number | undefined;
  /** When each period of the range begins, in milliseconds since 1970. */
  readonly times: readonly number[];
}

interface Evaluation extends MathScope {
  readonly expression: string;
}

/**
 * The series of an expression of metric math. Throws a CloudWatchError for anything that is not known here, and for
 * an expression whose result is not a single series; the message names the function or operator and its position.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export const evaluateExpression = (expression: string, scope: MathScope): Series => {
  const value = evaluate(parseExpression(expression), { ...scope, expression });
  if (isSeries(value)) return value;
  const kind = isList(value) ? 'a list of series' : 'a scalar';
  throw mathError(expression, 1, `results in ${kind} instead of a single series`);
};

const evaluate = (node: MathNode, evaluation: Evaluation): MathValue => {
  const value = tryToEvaluate(node, evaluation);
  if (value !== undefined) return value;
  throw mathError(evaluation.expression, node.at, describeProblem(node));
};

const describeProblem = (node: MathNode): string => {
  switch (node.kind) {
    case 'id':
      return `refers to the unknown id ${node.id}`;
    case 'keyword':
      return `has the unknown keyword ${node.name}`;
    case 'list':
      return 'has a list of other things than series';
    case 'operation':
      return `combines two lists by ${node.operator}`;
    case 'call':
      return describeCall(node);
    default:
      return 'has something else than a value';
  }
};

const describeCall = ({ name, args }: MathCall): string => {
  const known = Object.keys(FUNCTIONS).join(', ');
  return Object.hasOwn(FUNCTIONS, name)
    ? `has other arguments than ${name} takes (${args.length})`
    : `has the unknown function ${name} (known are ${known})`;
};

const tryToEvaluate = (node: MathNode, evaluation: Evaluation): MathValue | undefined => {
  const of = (part: MathNode) => evaluate(part, evaluation);
  if (node.kind === 'number') return node.value;
  if (node.kind === 'id') return evaluation.seriesOf(node.id);
  if (node.kind === 'minus') return applyOperator('-', 0, of(node.operand));
  if (node.kind === 'list') return toList(node.items.map(of));
  if (node.kind === 'call' && Object.hasOwn(FUNCTIONS, node.name)) {
    return FUNCTIONS[node.name]?.(node.args, evaluation);
  }
  return node.kind === 'operation'
    ? applyOperator(node.operator, of(node.left), of(node.right))
    : undefined;
};

const toList = (items: readonly MathValue[]): readonly Series[] | undefined =>
  items.some((item) => typeof item === 'number')
    ? undefined
    : items.flatMap((item) => (isSeries(item) ? [item] : (item as readonly Series[])));

/** A function of metric math; undefined for arguments that it does not take. */
type MathFunction = (args: readonly MathNode[], evaluation: Evaluation) => MathValue | undefined;

const reduction =
  (name: string): MathFunction =>
  ([arg, ...rest], evaluation) =>
    arg && rest.length === 0 ? reduce(name, evaluate(arg, evaluation)) : undefined;

const FUNCTIONS: Readonly<Record<string, MathFunction>> = {
  AVG: reduction('AVG'),
  FILL: ([arg, filler, ...rest], evaluation) => {
    const series = arg && evaluate(arg, evaluation);
    if (!series || !isSeries(series) || !filler || rest.length > 0) return undefined;
    const value = isFillKeyword(filler) ? filler.name : evaluate(filler, evaluation);
    return typeof value === 'object' && isList(value)
      ? undefined
      : fill(series, value as Filler, evaluation.times);
  },
  IF: (args, evaluation) => {
    const [condition, then, ...otherwise] = args.map((arg) => evaluate(arg, evaluation));
    if (condition === undefined || then === undefined || otherwise.length > 1) return undefined;
    return choose(condition, then, otherwise[0]);
  },
  MAX: reduction('MAX'),
  MIN: reduction('MIN'),
  PERIOD: ([arg, ...rest], { periodOf }) =>
    arg?.kind === 'id' && rest.length === 0 ? periodOf(arg.id) : undefined,
  RATE: ([arg, ...rest], evaluation) => {
    const series = arg && evaluate(arg, evaluation);
    return series && isSeries(series) && rest.length === 0 ? rate(series) : undefined;
  },
  SUM: reduction('SUM'),
};

const isFillKeyword = (node: MathNode): node is Extract<MathNode, { kind: 'keyword' }> =>
  node.kind === 'keyword' && ['REPEAT', 'LINEAR'].includes(node.name);
