import { expect, it } from 'vitest';
import { listDeployedFunctions } from '../../../proof/deployment/deployed-functions.ts';

it('reads what starts a function from the template', () => {
  const Properties = {
    ...{ Description: 'session-counter query', Handler: 'index.handler' },
    Environment: { Variables: { SESSIONS_TABLE: { Ref: 'Rows' } } },
    ...{ Timeout: 15, MemorySize: 512 },
    LoggingConfig: { LogGroup: { Ref: 'Log' } },
    Role: { 'Fn::GetAtt': ['QueryRole', 'Arn'] },
  };
  const template = {
    Resources: {
      Rows: { Type: 'AWS::DynamoDB::Table' },
      Log: { Type: 'AWS::Logs::LogGroup' },
      Query: {
        ...{ Type: 'AWS::Lambda::Function', Properties },
        Metadata: { 'aws:asset:path': '/dist/query' },
      },
    },
  };
  expect(listDeployedFunctions(template)).toEqual([
    {
      ...{ name: 'query', folder: '/dist/query', handler: 'index.handler' },
      environment: { SESSIONS_TABLE: 'Rows' },
      ...{ timeoutSeconds: 15, memoryMegabytes: 512, logGroup: 'Log', role: 'QueryRole' },
    },
  ]);
});
