import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
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

it.each([
  { region: 'eu-central-1', host: 'ssm.eu-central-1.amazonaws.com' },
  { region: 'cn-north-1', host: 'ssm.cn-north-1.amazonaws.com.cn' },
  { region: 'us-gov-west-1', host: 'ssm.us-gov-west-1.amazonaws.com' },
  { region: 'eusc-de-east-1', host: 'ssm.eusc-de-east-1.amazonaws.eu' },
])('goes to $host by default, and waits 1.5 s for each answer', async ({ region, host }) => {
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
  const abortSignal = expect.any(AbortSignal);
  expect(sent).toEqual(Array(2).fill({ host, requestTimeout: 1_500, abortSignal }));
});

describe('an answer that no service gives', () => {
  /** Sends a request to a server that answers `head` and `body`; `requests` are those that it got. */
  const sendTo = async (head: string, body: string) => {
    const requests: string[] = [];
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (data) => {
        if (!data.includes('POST /')) return;
        requests.push(String(data));
        socket.write(`HTTP/1.1 ${head}\r\n\r\n${body}`);
      });
      onTestFinished(() => void socket.destroy());
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void server.close());
    await useKeyStores({});
    const { port } = server.address() as AddressInfo;
    vi.stubEnv('AWS_ENDPOINT_URL_SSM', `http://127.0.0.1:${port}`);
    return { requests, sent: sendAwsRequest(createDocumentClient(), REQUEST) };
  };

  it.each([
    { body: 'null', status: 200 },
    { body: 'k'.repeat(64), status: 200 },
    { body: `{"Parameter":{}} ${'k'.repeat(64)}`, status: 200 },
    { body: 'null', status: 500 },
    { body: '<html>', status: 502 },
    { body: '<html>', status: 429 },
  ])('is not $body, which is requested twice and not quoted', async ({ body, status }) => {
    const head = `${status} Answer\r\nContent-Length: ${body.length}`;
    const { sent, requests } = await sendTo(head, body);
    await expect(sent).rejects.toMatchObject({
      ...{ name: 'AwsRequestError', statusCode: status },
      message: `HTTP status ${status} without a JSON object`,
    });
    expect(requests).toHaveLength(2);
  });

  it('is a refusal, whatever its members are', async () => {
    const body = '{"__type":5,"Message":7}';
    const head = `400 Bad Request\r\nContent-Length: ${body.length}`;
    const { sent, requests } = await sendTo(head, body);
    await expect(sent).rejects.toMatchObject({ name: '5', message: '7', statusCode: 400 });
    expect(requests).toHaveLength(1);
  });

  it('is given up while the browser still waits, if it stops in the middle', async () => {
    await withFastTimers(async () => {
      const { sent, requests } = await sendTo('200 OK\r\nContent-Length: 99', '{"Parameter":');
      const started = Date.now();
      await expect(sent).rejects.toMatchObject({ name: 'TimeoutError' });
      expect(Date.now() - started).toBeLessThan(5_500);
      expect(requests).toHaveLength(2);
    });
  });
});
