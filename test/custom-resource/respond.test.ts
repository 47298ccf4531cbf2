import { expect, it } from 'vitest';
import type { ResourceRequest } from '../../src/custom-resource/resource-request.ts';
import { respond } from '../../src/custom-resource/respond.ts';
import { startCloudFormation } from '../support/fake-cloudformation.ts';

const OUTCOME = { Status: 'SUCCESS', PhysicalResourceId: 'id' } as const;

const respondTo = (ResponseURL: string) => {
  const ids = { StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Key' };
  const ResourceProperties = { ParameterName: '/key' };
  const request: ResourceRequest<{ ParameterName: string }> = {
    ...ids,
    ...{ RequestType: 'Create', ResponseURL, ResourceProperties },
  };
  return respond(request, OUTCOME, async () => undefined);
};

it('sends the outcome with the ids of the request, without a content type', async () => {
  const { url, responses, contentTypes } = await startCloudFormation();
  await respondTo(url);
  expect(responses).toEqual([
    { StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Key', ...OUTCOME },
  ]);
  expect(contentTypes).toEqual(['']);
});

it('sends it again when it is not taken', async () => {
  const { url, responses } = await startCloudFormation(2);
  await respondTo(url);
  expect(responses).toHaveLength(1);
});

it('throws when it is never taken, so that Lambda repeats the request', async () => {
  const { url } = await startCloudFormation(3);
  await expect(respondTo(url)).rejects.toThrow('did not take the response: HTTP status 503');
});
