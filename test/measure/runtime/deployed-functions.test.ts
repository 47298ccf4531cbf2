import { expect, it } from 'vitest';
import { listDeployedFunctions } from '../../../measure/runtime/deployed-functions.ts';

it('reads what starts a function from the template', () => {
  const Properties = {
    ...{ Description: 'session-counter query', Handler: 'index.handler' },
    Environment: { Variables: { SESSIONS_TABLE: { Ref: 'Rows' } } },
    ...{ Timeout: 15, MemorySize: 512 },
  };
  const template = {
    Resources: {
      Rows: { Type: 'AWS::DynamoDB::Table' },
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
      ...{ timeoutSeconds: 15, memoryMegabytes: 512 },
    },
  ]);
});
