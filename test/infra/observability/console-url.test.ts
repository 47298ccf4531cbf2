import { CfnOutput, CfnWaitConditionHandle } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, expect, it } from 'vitest';
import { consoleUrl, dashboardUrl } from '../../../infra/observability/console-url.ts';
import { emptyStack, templateOf } from '../synthesize.ts';

interface Deployment {
  readonly partition: string;
  readonly region: string;
}

/** Evaluates an output as CloudFormation does there. Knows only the intrinsics that links contain. */
const deploy = (template: Template, output: string, { partition, region }: Deployment): unknown => {
  const { Conditions, Outputs } = template.toJSON();
  const resolve = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const [[name, args] = []] = Object.entries(value);
    if (name === 'Ref') return { 'AWS::Partition': partition, 'AWS::Region': region }[String(args)];
    if (name === 'Fn::Join') return (args[1] as unknown[]).map(resolve).join(args[0]);
    if (name === 'Fn::Equals') return resolve(args[0]) === resolve(args[1]);
    if (name === 'Fn::If') return resolve(resolve(Conditions[args[0]]) ? args[1] : args[2]);
    throw new Error(`${name} is not known here`);
  };
  return resolve(Outputs[output].Value);
};

let template: Template;

beforeAll(() => {
  const stack = emptyStack();
  new CfnWaitConditionHandle(stack, 'AnyResource');
  new CfnOutput(stack, 'Page', { value: consoleUrl(stack, 'lambda/home') });
  new CfnOutput(stack, 'Board', { value: dashboardUrl(stack, 'blog') });
  template = templateOf(stack);
});

it.each([
  ['aws', 'eu-central-1', 'eu-central-1.console.aws.amazon.com'],
  ['aws-cn', 'cn-north-1', 'cn-north-1.console.amazonaws.cn'],
  ['aws-us-gov', 'us-gov-west-1', 'us-gov-west-1.console.amazonaws-us-gov.com'],
  ['aws-new', 'nw-north-1', 'nw-north-1.console.aws.amazon.com'],
])('links to the console of the partition %s', (partition, region, host) => {
  expect(deploy(template, 'Page', { partition, region })).toBe(`https://${host}/lambda/home`);
  expect(deploy(template, 'Board', { partition, region })).toBe(
    `https://${host}/cloudwatch/home?region=${region}#dashboards/dashboard/blog`,
  );
});
