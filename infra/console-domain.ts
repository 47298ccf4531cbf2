import { Aws, CfnCondition, Fn, type Stack } from 'aws-cdk-lib';

// Each is a cloud of its own, with a console of its own.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
const CONSOLES = [
  { id: 'IsChina', partition: 'aws-cn', domain: 'console.amazonaws.cn' },
  { id: 'IsGovCloud', partition: 'aws-us-gov', domain: 'console.amazonaws-us-gov.com' },
  { id: 'IsEuropeanCloud', partition: 'aws-eusc', domain: 'console.amazonaws-eusc.eu' },
];

/**
 * The domain of the AWS console in the partition that the stack is deployed to. Conditions and not
 * a mapping: a partition that is missing from a mapping would fail the deployment.
 */
export const consoleDomain = (stack: Stack): string =>
  CONSOLES.reduce((elsewhere, { id, partition, domain }) => {
    const expression = Fn.conditionEquals(Aws.PARTITION, partition);
    const condition = new CfnCondition(stack, id, { expression });
    return Fn.conditionIf(condition.logicalId, domain, elsewhere).toString();
  }, 'console.aws.amazon.com');
