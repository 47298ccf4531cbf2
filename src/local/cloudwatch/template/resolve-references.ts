import { CloudWatchError } from '../cloudwatch-error.ts';

/** Replaces the references in a value of a template by what they refer to. */
export type Resolve = (value: unknown) => unknown;

interface Intrinsic {
  readonly Ref?: string;
  readonly 'Fn::GetAtt'?: readonly [id: string, attribute: string];
  readonly 'Fn::Join'?: readonly [separator: string, parts: unknown];
  readonly 'Fn::If'?: readonly [condition: string, then: unknown, otherwise: unknown];
  readonly 'Fn::Equals'?: readonly [one: unknown, other: unknown];
}

/** What a template has beside its resources. */
export interface References {
  /**
   * What `Ref` returns, by the logical id or the name of a pseudo parameter, and what `Fn::GetAtt` returns, by
   * `LogicalId.Attribute`.
   */
  readonly names: Readonly<Record<string, string>>;
  /** The conditions of the template. */
  readonly conditions?: Readonly<Record<string, unknown>>;
}

/**
 * A resolver of `Ref`, `Fn::GetAtt`, `Fn::Join` and `Fn::If`, with conditions that are `Fn::Equals`. It throws a
 * CloudWatchError for a name or a condition that is not given, and for any other function.
 */
export const createResolver = ({ names, conditions = {} }: References): Resolve => {
  const resolve: Resolve = (value) => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const [key = ''] = Object.keys(value);
    return /^(?:Ref$|Fn::)/.test(key) ? resolveFunction(value as Intrinsic) : resolveEach(value);
  };

  const resolveEach = (value: object) =>
    Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolve(part)]));

  const resolveFunction = (value: Intrinsic): unknown => {
    const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join, 'Fn::If': choice } = value;
    if (Ref !== undefined) return find(names, 'name', Ref);
    if (attribute) return find(names, 'name', attribute.join('.'));
    if (join) return (resolve(join[1]) as unknown[]).join(join[0]);
    if (choice) return resolve(isTrue(choice[0]) ? choice[1] : choice[2]);
    throw new CloudWatchError(`The function ${Object.keys(value)[0]} of a template is unknown.`);
  };

  const isTrue = (name: string): boolean => {
    const { 'Fn::Equals': pair } = find(conditions, 'condition', name) as Intrinsic;
    if (pair) return resolve(pair[0]) === resolve(pair[1]);
    throw new CloudWatchError(`The condition ${name} is not Fn::Equals.`);
  };

  return resolve;
};

const find = (values: Readonly<Record<string, unknown>>, kind: string, key: string): unknown => {
  if (Object.hasOwn(values, key)) return values[key];
  throw new CloudWatchError(`The template refers to ${key}, for which no ${kind} is given.`);
};
