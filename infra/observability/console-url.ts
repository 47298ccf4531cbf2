import { Aws, CfnCondition, Fn, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

// A partition that is not listed has the first one's host: a link that may not open, never a
// deployment that fails.
const HOST = 'console.aws.amazon.com';
const OTHER_HOSTS = {
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-eusc': 'console.amazonaws-eusc.eu',
};

/**
 * The address of a page of the AWS console, in the region and the partition that the stack is
 * deployed to; `page` comes after the host, such as `cloudwatch/home#alarmsV2:`.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/mgmt-console.html
 */
export const consoleUrl = (scope: Construct, page: string): string =>
  `https://${Aws.REGION}.${consoleHost(Stack.of(scope))}/${page}`;

/** The address of a dashboard of CloudWatch, by its name. */
export const dashboardUrl = (scope: Construct, name: string): string =>
  consoleUrl(scope, `cloudwatch/home?region=${Aws.REGION}#dashboards/dashboard/${name}`);

const consoleHost = (stack: Stack): string =>
  Object.entries(OTHER_HOSTS).reduce((otherwise, [partition, host]) => {
    const condition = isIn(stack, partition).logicalId;
    return Fn.conditionIf(condition, host, otherwise).toString();
  }, HOST);

// One for the whole stack, however many counters it has.
const isIn = (stack: Stack, partition: string): CfnCondition => {
  const id = `IsIn-${partition}`;
  const expression = Fn.conditionEquals(Aws.PARTITION, partition);
  return (
    (stack.node.tryFindChild(id) as CfnCondition | undefined) ??
    new CfnCondition(stack, id, { expression })
  );
};
