import { RemovalPolicy } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { describe, expect, it } from 'vitest';
import { HASH_KEY_TYPE } from '../../infra/hash-key-type.ts';
import type { SessionCounterProps } from '../../infra/props/session-counter-props.ts';
import { grantsOfRole } from './grants.ts';
import { addCounter, emptyStack, readTemplate, synthesize } from './synthesize.ts';

const NAME = '/session-counter/AWS::StackName/CounterHashKeyGeneratedDC12C841';
const ARN = `arn:AWS::Partition:ssm:AWS::Region:AWS::AccountId:parameter${NAME}`;

const ownLog = [
  'Allow logs:CreateLogStream HashKey/Maker/Log.Arn',
  'Allow logs:PutLogEvents HashKey/Maker/Log.Arn',
];

describe('a generated key', () => {
  it('is made by a function, within five minutes, under the names of stack and resource', () => {
    expect(synthesize().properties(HASH_KEY_TYPE)).toEqual({
      ServiceToken: 'HashKey/Maker/Function.Arn',
      ServiceTimeout: '300',
      ParameterName: NAME,
    });
  });

  it('is nowhere in the template', () => {
    const { text, outputs } = synthesize();
    expect(text).not.toMatch(/resolve:(ssm|secretsmanager)|SecretString|"HASH_KEY"/);
    expect(text).not.toContain('"CounterHashKeyGenerated","');
    expect(outputs.CounterSettings).not.toContain('"HASH_KEY"');
  });

  it('exists before the functions that read it', () => {
    const functions = synthesize({ legacyRoute: true }).ofType('AWS::Lambda::Function');
    const dependent = Object.entries(functions).flatMap(([path, { DependsOn = [] }]) =>
      DependsOn.includes('CounterHashKeyGeneratedDC12C841') ? [path] : [],
    );
    expect(dependent).toEqual(['Functions/ingest/Function', 'Functions/legacy/Function']);
  });

  it('is made by a function that may do only that, once', () => {
    expect(grantsOfRole(synthesize(), 'HashKey/Maker/Role')).toEqual([
      `Allow ssm:PutParameter ${ARN}`,
      ...ownLog,
    ]);
  });

  it.each([RemovalPolicy.DESTROY, RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE])(
    'may be deleted by that function with the policy %s',
    (tableRemovalPolicy) => {
      expect(grantsOfRole(synthesize({ tableRemovalPolicy }), 'HashKey/Maker/Role')).toEqual([
        `Allow ssm:DeleteParameter ${ARN}`,
        `Allow ssm:PutParameter ${ARN}`,
        ...ownLog,
      ]);
    },
  );

  it('is another one for each counter of a stack', () => {
    const stack = emptyStack();
    for (const id of ['Blog', 'Shop']) addCounter(stack, { name: id }, id);
    const keys = Object.values(readTemplate(stack).ofType(HASH_KEY_TYPE));
    const names = keys.map(({ Properties }) => Properties.ParameterName);
    expect(new Set(names).size).toBe(2);
  });
});

describe('a given key', () => {
  const useKey = (give: (stack: ReturnType<typeof emptyStack>) => SessionCounterProps) => {
    const stack = emptyStack();
    const counter = addCounter(stack, give(stack));
    const synthesis = readTemplate(stack);
    const path = 'Functions/ingest/Function';
    const { Environment } = synthesis.properties<{ Environment: { Variables: object } }>(
      'AWS::Lambda::Function',
      path,
    );
    const grants = grantsOfRole(synthesis, 'Functions/ingest/Role');
    expect(synthesis.ofType(HASH_KEY_TYPE)).toEqual({});
    expect(synthesis.text).not.toContain('HashKeyMaker');
    return { counter, variables: Environment.Variables, grants };
  };

  it('can be in a secret', () => {
    const arn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:key-AbCdEf';
    const { variables, grants, counter } = useKey((stack) => ({
      hashKeySecret: Secret.fromSecretCompleteArn(stack, 'Given', arn),
    }));
    expect(variables).toMatchObject({ HASH_KEY_SECRET_ID: arn });
    expect(variables).not.toHaveProperty('HASH_KEY_PARAMETER');
    expect(grants).toContain(`Allow secretsmanager:GetSecretValue ${arn}`);
    expect(counter.hashKeySecret?.secretArn).toBe(arn);
  });

  it('can be in a parameter', () => {
    const { variables, grants, counter } = useKey((stack) => ({
      hashKeyParameter: StringParameter.fromSecureStringParameterAttributes(stack, 'Given', {
        parameterName: '/my/key',
      }),
    }));
    expect(variables).toMatchObject({ HASH_KEY_PARAMETER: '/my/key' });
    expect(grants).toContain(
      'Allow ssm:GetParameter arn:AWS::Partition:ssm:AWS::Region:AWS::AccountId:parameter/my/key',
    );
    expect(counter.hashKeyParameter?.parameterName).toBe('/my/key');
  });
});
