import { expect, it } from 'vitest';
import { answer } from '../../src/custom-resource/answer.ts';
import type { Resource } from '../../src/custom-resource/resource-request.ts';
import { startCloudFormation } from '../support/fake-cloudformation.ts';

const IDS = { StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Resource' };

/** The response to an update of the resource `before`, or to a creation. */
const responseOf = async (fulfil: () => Promise<Resource>, before?: string) => {
  const { url: ResponseURL, responses } = await startCloudFormation();
  const kind = before
    ? ({ RequestType: 'Update', PhysicalResourceId: before } as const)
    : ({ RequestType: 'Create' } as const);
  await answer({ ...IDS, ...kind, ResponseURL, ResourceProperties: {} }, fulfil);
  return responses;
};

const fail = async (): Promise<Resource> => {
  throw new RangeError('too many');
};

it('responds with the resource and its attributes', async () => {
  const resource = { PhysicalResourceId: 'new', Data: { Colour: 'red' } };
  expect(await responseOf(async () => resource)).toEqual([
    { ...IDS, Status: 'SUCCESS', ...resource },
  ]);
});

it('responds with the reason of a failure, and keeps the id of the resource', async () => {
  expect(await responseOf(fail, 'before')).toEqual([
    { ...IDS, Status: 'FAILED', PhysicalResourceId: 'before', Reason: 'RangeError: too many' },
  ]);
});

it('responds to a failed creation with an id, which CloudFormation then deletes', async () => {
  expect(await responseOf(fail)).toMatchObject([{ PhysicalResourceId: 'nothing' }]);
});
