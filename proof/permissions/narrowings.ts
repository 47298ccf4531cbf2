import {
  type Conditions,
  describeGrant,
  grantsOf,
  type Statement,
  statementOf,
} from './statement.ts';

/** A policy that allows less than another one. */
export interface Narrowing {
  /** What it lacks, for a message. */
  readonly lacks: string;
  readonly statements: readonly Statement[];
}

/**
 * The policies that allow a little less than `statements`: each without one action on one resource, or without one of
 * several values of a condition. If every one of them denies a call that a function makes, nothing is granted in vain.
 */
export const narrowingsOf = (statements: readonly Statement[]): Narrowing[] => [
  ...withoutOneGrant(statements),
  ...statements.flatMap((statement, index) =>
    withoutOneValue(statement).map(({ lacks, condition }) => ({
      lacks,
      statements: statements.with(index, { ...statement, Condition: condition }),
    })),
  ),
];

const withoutOneGrant = (statements: readonly Statement[]): Narrowing[] => {
  const grants = statements.flatMap(grantsOf);
  return grants.map((grant, index) => ({
    lacks: describeGrant(grant),
    statements: grants.toSpliced(index, 1).map(statementOf),
  }));
};

// The only value of a condition goes with its grant.
const withoutOneValue = ({ Action, Condition = {} }: Statement) =>
  Object.entries(Condition).flatMap(([operator, tests]) =>
    Object.entries(tests).flatMap(([key, values]) =>
      !Array.isArray(values) || values.length < 2
        ? []
        : values.map((value, index) => ({
            lacks: `${key} ${value} for ${Action.join(', ')}`,
            condition: replaceTest(Condition, operator, key, values.toSpliced(index, 1)),
          })),
    ),
  );

const replaceTest = (
  condition: Conditions,
  operator: string,
  key: string,
  values: readonly unknown[],
): Conditions => ({ ...condition, [operator]: { ...condition[operator], [key]: values } });
