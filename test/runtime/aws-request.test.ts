import { afterEach, expect, it, vi } from 'vitest';
import { type AwsRequest, sendAwsRequest } from '../../src/runtime/aws-request.ts';
import { createDocumentClient } from '../../src/tables/document-client.ts';
import { type Behaviour, useKeyStores } from '../support/fake-key-stores.ts';
import { withFastTimers } from '../support/fast-timers.ts';

afterEach(() => vi.unstubAllEnvs());

const REQUEST: AwsRequest = {
  service: 'ssm',
  target: 'AmazonSSM.GetParameter',
  input: { Name: '/a', WithDecryption: true },
};

const send = async (behaviour?: Behaviour) => {
  const stores = await useKeyStores({ '/a': 'the value' }, behaviour);
  return { ...stores, sent: sendAwsRequest(createDocumentClient(), REQUEST) };
};

it('answers what the service answers', async () => {
  const { sent } = await send();
  expect(await sent).toMatchObject({ Parameter: { Value: 'the value' } });
});

it('is signed for its service and the region of the client', async () => {
  const { sent, signatures } = await send();
  await sent;
  expect(signatures).toEqual([
    expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=local\/\d{8}\/eu-central-1\/ssm\/aws4_request, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-target, Signature=\w{64}$/,
    ),
  ]);
});

it('is sent again when it is throttled', async () => {
  const { sent, asked } = await send('throttling');
  expect(await sent).toMatchObject({ Parameter: { Value: 'the value' } });
  expect(asked).toHaveLength(2);
});

it.each([
  { behaviour: 'broken', requests: 2, error: { name: 'InternalServerError', statusCode: 500 } },
  { behaviour: 'denied', requests: 1, error: { name: 'AccessDeniedException', statusCode: 400 } },
] as const)('is sent $requests times to a service that is $behaviour', async (expected) => {
  const { sent, asked } = await send(expected.behaviour);
  await expect(sent).rejects.toMatchObject(expected.error);
  expect(asked).toHaveLength(expected.requests);
});

it('gives up on a silent service while the browser still waits', async () => {
  await withFastTimers(async () => {
    const { sent, asked } = await send('silent');
    const started = Date.now();
    await expect(sent).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(Date.now() - started).toBeLessThan(4_500);
    expect(asked).toHaveLength(2);
  });
});

it.each([{ region: 'eu-central-1', host: 'ssm.eu-central-1.amazonaws.com' }])(
  'goes to $host by default, and waits 1.5 s for each answer',
  async ({ region, host }) => {
    vi.stubEnv('AWS_ENDPOINT_URL_SSM', undefined);
    const sent: object[] = [];
    const requestHandler = {
      handle: async (request: { readonly hostname: string }, options: object = {}) => {
        sent.push({ host: request.hostname, ...options });
        throw new Error('no network');
      },
    };
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const client = createDocumentClient({ region, credentials, requestHandler });
    await expect(sendAwsRequest(client, REQUEST)).rejects.toThrow('no network');
    expect(sent).toEqual(Array(2).fill({ host, requestTimeout: 1_500 }));
  },
);
