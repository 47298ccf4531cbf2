import { Aws, CfnCondition, Fn, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

// An unknown partition gets this host: a link may not work there, but a deployment never fails.
const HOST = 'console.aws.amazon.com';
const OTHER_HOSTS = {
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-eusc': 'console.amazonaws-eusc.eu',
};

/**
 * The address of a page of the AWS console, in the region and partition of the deployed stack; `page`
 * follows the host, such as `cloudwatch/home#alarmsV2:`.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/mgmt-console.html
 */
export const consoleUrl = (scope: Construct, page: string): string =>
  `https://${Aws.REGION}.${consoleHost(Stack.of(scope))}/${page}`;

/** The address of the CloudWatch dashboard of that name. */
export const dashboardUrl = (scope: Construct, name: string): string =>
  consoleUrl(scope, `cloudwatch/home?region=${Aws.REGION}#dashboards/dashboard/${name}`);

const consoleHost = (stack: Stack): string =>
  Object.entries(OTHER_HOSTS).reduce((otherwise, [partition, host]) => {
    const condition = isIn(stack, partition).logicalId;
    return Fn.conditionIf(condition, host, otherwise).toString();
  }, HOST);

// One condition per stack, even if it has several counters.
const isIn = (stack: Stack, partition: string): CfnCondition => {
  const id = `IsIn-${partition}`;
  const expression = Fn.conditionEquals(Aws.PARTITION, partition);
  return (
    (stack.node.tryFindChild(id) as CfnCondition | undefined) ??
    new CfnCondition(stack, id, { expression })
  );
};
