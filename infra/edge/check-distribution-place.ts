import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { InvalidPropError } from '../props/invalid-prop-error.ts';

/**
 * Throws an InvalidPropError if the distribution is in a stack of another region or account than the counter, as far
 * as both are known: CloudFormation reads a secret of its own region only.
 */
export const checkDistributionPlace = (counter: Construct, distribution: Construct): void => {
  const [own, given] = [Stack.of(counter), Stack.of(distribution)];
  const differs = (one: string, other: string) =>
    ![one, other].some((text) => Token.isUnresolved(text)) && one !== other;
  if (!(differs(own.region, given.region) || differs(own.account, given.account))) return;
  const expected = `in a stack of the region and account of the counter (${own.region}, ${own.account})`;
  throw new InvalidPropError('distribution', expected, `${given.region}, ${given.account}`);
};
