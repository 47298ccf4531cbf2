import { isList, isSeries, type MathValue, type Series, seriesOf } from './series.ts';

type Operator = (left: number, right: number) => number;

const OPERATORS: Readonly<Record<string, Operator>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '^': (left, right) => left ** right,
  '==': (left, right) => Number(left === right),
  '!=': (left, right) => Number(left !== right),
  '<': (left, right) => Number(left < right),
  '<=': (left, right) => Number(left <= right),
  '>': (left, right) => Number(left > right),
  '>=': (left, right) => Number(left >= right),
  AND: (left, right) => Number(left !== 0 && right !== 0),
  OR: (left, right) => Number(left !== 0 || right !== 0),
};

const SYNONYMS: Readonly<Record<string, string>> = { '&&': 'AND', '||': 'OR' };

/**
 * Applies a binary operator. Where only one of two series has a value, that of the other counts as 0. A division by
 * zero has no value. Undefined for two lists, which cannot be combined here.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax-operators
 */
export const applyOperator = (
  sign: string,
  left: MathValue,
  right: MathValue,
): MathValue | undefined => {
  const operator = OPERATORS[SYNONYMS[sign] ?? sign];
  if (!operator || (isList(left) && isList(right))) return undefined;
  if (isList(left)) return left.map((one) => combine(operator, one, right as Series | number));
  if (isList(right)) return right.map((one) => combine(operator, left, one));
  return isSeries(left) || isSeries(right) ? combine(operator, left, right) : operator(left, right);
};

const combine = (operator: Operator, left: Series | number, right: Series | number): Series =>
  seriesOf([...timesOf(left), ...timesOf(right)], (time) =>
    operator(valueAt(left, time), valueAt(right, time)),
  );

const timesOf = (value: Series | number): Iterable<number> => (isSeries(value) ? value.keys() : []);

const valueAt = (value: Series | number, time: number): number =>
  isSeries(value) ? (value.get(time) ?? 0) : value;
