import { expect, it } from 'vitest';
import { formatAccessLine } from '../../../../src/local/observation/adapters/access-line.ts';

it('fills in what is known of a request, and - for the rest', () => {
  const format =
    '{"status":"$context.status","route":"$context.routeKey","error":"$context.integrationErrorMessage","id":"$context.integration.requestId"}';
  const entry = { requestId: 'r', routeKey: '$default', status: 202, integrationLatency: 5 };
  expect(JSON.parse(formatAccessLine(format, entry))).toEqual({
    ...{ status: '202', route: '$default', error: '-', id: '-' },
  });
});
