import { expect, it } from 'vitest';
import { localNames } from '../../../src/local/observation/local-names.ts';

it('names the resources of the template as they are called on this machine', () => {
  const paths = {
    S: 'Tables/Sessions',
    C: 'Tables/Counts',
    F: 'Functions/ingest/Function',
    L: 'Functions/ingest/Log',
    A: 'Api/Http',
    G: 'Api/AccessLog',
    X: 'Alarms/api-errors',
  };
  expect(localNames(paths, { SESSIONS_TABLE: 'sessions', COUNTS_TABLE: 'counts' })).toEqual({
    ...{ S: 'sessions', C: 'counts', A: 'local', X: 'Alarms/api-errors' },
    ...{ F: 'ingest', 'F.Arn': 'ingest' },
    ...{ L: '/aws/lambda/ingest', 'L.Arn': '/aws/lambda/ingest' },
    ...{ G: '/aws/apigateway/local', 'G.Arn': '/aws/apigateway/local' },
    ...{ 'AWS::Region': 'local', 'AWS::Partition': 'aws' },
  });
});
