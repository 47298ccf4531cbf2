import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ResourceRequest } from '../../src/custom-resource/resource-request.ts';
import {
  createHashKeyHandler,
  createParameterClient,
} from '../../src/hash-key/hash-key-handler.ts';
import { startCloudFormation } from '../support/fake-cloudformation.ts';
import { type Behaviour, type StoredKeys, useKeyStores } from '../support/fake-key-stores.ts';

afterEach(() => vi.unstubAllEnvs());

const NAME = '/session-counter/blog/Key';
const KEY = 'k'.repeat(64);

/** Asks for one change of the resource, and returns the response of the function. */
const ask = async (
  keys: StoredKeys,
  request: Pick<ResourceRequest<unknown>, 'RequestType' | 'PhysicalResourceId'>,
  behaviour?: Behaviour,
) => {
  await useKeyStores(keys, behaviour);
  const { url, responses } = await startCloudFormation();
  await createHashKeyHandler(createParameterClient())({
    ...{ StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Key', ResponseURL: url },
    ResourceProperties: { ParameterName: NAME },
    ...request,
  });
  const [response] = responses;
  return { id: response?.PhysicalResourceId as string, responses };
};

const succeed = (PhysicalResourceId: string) => [
  {
    ...{ StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Key' },
    ...{ Status: 'SUCCESS', PhysicalResourceId },
  },
];

describe('the creation', () => {
  it('makes a key of 64 random characters', async () => {
    const [first, second]: [StoredKeys, StoredKeys] = [{}, {}];
    await ask(first, { RequestType: 'Create' });
    await ask(second, { RequestType: 'Create' });
    expect(first[NAME]).toMatch(/^[\w-]{64}$/);
    expect(second[NAME]).not.toBe(first[NAME]);
  });

  it('tells CloudFormation nothing but that there is a key', async () => {
    const { responses } = await ask({}, { RequestType: 'Create' });
    expect(responses).toEqual(succeed(`${NAME} (made)`));
  });

  it('uses an existing key and leaves it as it is', async () => {
    const keys = { [NAME]: KEY };
    const { responses } = await ask(keys, { RequestType: 'Create' });
    expect(responses).toEqual(succeed(`${NAME} (existing)`));
    expect(keys).toEqual({ [NAME]: KEY });
  });

  it('fails, and says why, when Parameter Store refuses', async () => {
    const { responses } = await ask({}, { RequestType: 'Create' }, 'denied');
    expect(responses).toMatchObject([
      { Status: 'FAILED', PhysicalResourceId: 'nothing', Reason: 'AccessDeniedException: no' },
    ]);
  });

  it('does not repeat the key when Parameter Store does', async () => {
    const { responses } = await ask({}, { RequestType: 'Create' }, 'quoting');
    expect(responses).toMatchObject([
      { Status: 'FAILED', Reason: 'ValidationException: Value (the key) is wrong' },
    ]);
  });
});

describe('an update', () => {
  it.each(['made', 'existing'])('changes neither a key that is %s nor its id', async (origin) => {
    const keys = { [NAME]: KEY };
    const PhysicalResourceId = `${NAME} (${origin})`;
    const { responses } = await ask(keys, { RequestType: 'Update', PhysicalResourceId });
    expect(responses).toEqual(succeed(PhysicalResourceId));
    expect(keys).toEqual({ [NAME]: KEY });
  });
});

it('refuses to become another parameter', async () => {
  const keys = { '/other': KEY };
  const PhysicalResourceId = '/other (made)';
  const { responses } = await ask(keys, { RequestType: 'Update', PhysicalResourceId });
  const Reason = `RangeError: The parameter must stay /other (made), but it would be ${NAME}`;
  expect(responses).toMatchObject([{ Status: 'FAILED', PhysicalResourceId, Reason }]);
  expect(keys).toEqual({ '/other': KEY });
});

describe('the deletion', () => {
  const afterDeletion = async (keys: StoredKeys, PhysicalResourceId: string) => {
    const { responses } = await ask(keys, { RequestType: 'Delete', PhysicalResourceId });
    expect(responses).toEqual(succeed(PhysicalResourceId));
    return keys;
  };

  it('deletes a key that the creation made', async () => {
    const keys: StoredKeys = {};
    const { id } = await ask(keys, { RequestType: 'Create' });
    expect(await afterDeletion(keys, id)).toEqual({});
  });

  it('keeps a key that was there before', async () => {
    const keys = { [NAME]: KEY };
    const { id } = await ask(keys, { RequestType: 'Create' });
    expect(await afterDeletion(keys, id)).toEqual({ [NAME]: KEY });
  });

  it('keeps the key after a creation that failed or was never answered', async () => {
    for (const id of ['nothing', 'stack-Key-1A2B3C']) {
      expect(await afterDeletion({ [NAME]: KEY }, id)).toEqual({ [NAME]: KEY });
    }
  });

  it('succeeds when someone has deleted the key already', async () => {
    expect(await afterDeletion({}, `${NAME} (made)`)).toEqual({});
  });

  it('fails when Parameter Store refuses, with the same id', async () => {
    const PhysicalResourceId = `${NAME} (made)`;
    const request = { RequestType: 'Delete', PhysicalResourceId } as const;
    const { responses } = await ask({ [NAME]: KEY }, request, 'denied');
    expect(responses).toMatchObject([{ Status: 'FAILED', PhysicalResourceId }]);
  });
});
