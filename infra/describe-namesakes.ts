import { Stack } from 'aws-cdk-lib';
import { MeteredCounter } from './observability/metered-counter.ts';

/**
 * A message for each other counter in the stack that has the name of this one: their metrics would be added up, and the
 * deployment would fail at the first alarm.
 */
export const describeNamesakes = (counter: MeteredCounter): string[] =>
  Stack.of(counter)
    .node.findAll()
    .filter((one) => one instanceof MeteredCounter && one !== counter && one.name === counter.name)
    .map(({ node }) => `name must be unique in a stack, but ${node.path} is also ${counter.name}`);
