import { expect, it } from 'vitest';
import { startLocalAws } from '../../../proof/deployment/local-aws.ts';
import { createOtherServices } from '../../../proof/deployment/other-services.ts';

const authorization =
  'AWS4-HMAC-SHA256 Credential=hash-key/20261127/eu-central-1/ssm/aws4_request, SignedHeaders=host';

const callOf = (url: string) => async (operation: string) => {
  const response = await fetch(url, {
    ...{ method: 'POST', body: '{"Name":"/key"}' },
    headers: { authorization, 'x-amz-target': `AmazonSSM.${operation}` },
  });
  return { status: response.status, body: await response.text() };
};

it('keeps a parameter until it is deleted', async () => {
  await using aws = await startLocalAws(createOtherServices());
  const call = callOf(aws.url);
  const exists = { status: 400, body: '{"__type":"ParameterAlreadyExists"}' };
  expect(await call('PutParameter')).toEqual({ status: 200, body: '{"Version":1}' });
  expect(await call('PutParameter')).toEqual(exists);
  expect((await call('DeleteParameter')).status).toBe(200);
  expect((await call('PutParameter')).status).toBe(200);
  expect(aws.problems).toEqual(new Set());
});

it('reports an operation that it does not know, and refuses it', async () => {
  await using aws = await startLocalAws(createOtherServices());
  expect(await callOf(aws.url)('LabelParameterVersion')).toEqual({ status: 400, body: '' });
  const place = 'proof/deployment/other-services.ts';
  expect([...aws.problems]).toEqual([
    `ssm:LabelParameterVersion must be known: add it to ${place}`,
  ]);
});

it('takes the responses of custom resources, and reports those that failed', async () => {
  await using aws = await startLocalAws(createOtherServices());
  for (const Status of ['SUCCESS', 'FAILED']) {
    const body = JSON.stringify({ Status });
    expect((await fetch(aws.responseUrl, { method: 'PUT', body })).status).toBe(200);
  }
  expect([...aws.failedResources]).toEqual(['{"Status":"FAILED"}']);
});
