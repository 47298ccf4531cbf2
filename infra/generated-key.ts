import { Aws, type CfnResource, CustomResource, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type IParameter, StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { addFunction } from './add-function.ts';
import { CUSTOM_RESOURCE_LIMITS, CUSTOM_RESOURCE_TIMEOUT } from './custom-resource.ts';
import { HASH_KEY_TYPE } from './hash-key-type.ts';
import { allow, policyOf } from './permissions.ts';

export interface GeneratedKeyProps {
  /** Whether the key is deleted with the resource. */
  readonly removalPolicy: RemovalPolicy;
  readonly bundleFolder: string | undefined;
}

/**
 * A hash key in a parameter of Systems Manager, which costs nothing. CloudFormation cannot create an
 * encrypted parameter, so a function does, during the deployment. It responds to CloudFormation itself:
 * the Provider framework of the CDK would put a second function before it, with a role and a log.
 */
export class GeneratedKey extends Construct {
  /** The parameter, which exists once this construct is deployed. */
  readonly parameter: IParameter;

  constructor(scope: Construct, { removalPolicy, bundleFolder }: GeneratedKeyProps) {
    super(scope, 'HashKey');
    const ParameterName = this.#nameParameter(() => key.node.defaultChild as CfnResource);
    this.parameter = StringParameter.fromSecureStringParameterAttributes(this, 'Parameter', {
      parameterName: ParameterName,
      simpleName: false,
    });
    const maker = addFunction(new Construct(this, 'Maker'), {
      ...{ name: 'hash-key', limits: CUSTOM_RESOURCE_LIMITS, bundleFolder },
      permissions: policyOf(allow(this.parameter.parameterArn, ...listActions(removalPolicy))),
    });
    const key = new CustomResource(this, 'Generated', {
      resourceType: HASH_KEY_TYPE,
      serviceToken: maker.functionArn,
      serviceTimeout: CUSTOM_RESOURCE_TIMEOUT,
      removalPolicy,
      properties: { ParameterName },
    });
  }

  // No other stack has the name of this one, and no other resource its logical id. So a resource that
  // replaces this one, or a counter of the same name, has another parameter, and deleting either key
  // never deletes the other.
  #nameParameter(find: () => CfnResource): string {
    const logicalId = Lazy.string({ produce: () => Stack.of(this).resolve(find().logicalId) });
    return `/session-counter/${Aws.STACK_NAME}/${logicalId}`;
  }
}

// With the other policies that keep it, CloudFormation deletes what a failed creation left.
const listActions = (removalPolicy: RemovalPolicy): string[] =>
  removalPolicy === RemovalPolicy.RETAIN
    ? ['ssm:PutParameter']
    : ['ssm:PutParameter', 'ssm:DeleteParameter'];
