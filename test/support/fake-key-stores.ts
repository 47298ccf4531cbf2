import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { onTestFinished, vi } from 'vitest';

/** Keys by the id of their secret or the name of their parameter; the previous value of a secret by `ID AWSPREVIOUS`. */
export type StoredKeys = Record<string, string>;

/**
 * How Secrets Manager or Systems Manager behave: `silent` never responds, `denied` refuses, `broken` fails
 * with a status of 500, `throttling` refuses the first request, `quoting` refuses with what it was sent.
 */
export type Behaviour = 'silent' | 'denied' | 'broken' | 'throttling' | 'quoting';

/** A running fake of both services. */
export interface KeyStores {
  readonly url: string;
  /** The operations that were requested, in order. */
  readonly asked: string[];
  /** The header that signs each request. */
  readonly signatures: string[];
  /** Of the next request; undefined answers it. */
  behaviour: Behaviour | undefined;
}

/**
 * Starts a fake of Secrets Manager and Systems Manager that reads and writes `keys` as AWS does. Every
 * secret has the version `of-NAME`; every parameter version 3, written at the Unix time 1,700,000,000.
 */
export const startKeyStores = async (
  keys: StoredKeys,
  behaviour?: Behaviour,
): Promise<KeyStores> => {
  const asked: string[] = [];
  const signatures: string[] = [];
  const stores = { url: '', asked, signatures, behaviour };
  const server = createServer(async (request, response) => {
    const operation = operationOf(request);
    const input = (await json(request)) as Input;
    asked.push(operation);
    signatures.push(String(request.headers.authorization));
    const { behaviour } = stores;
    if (behaviour === 'silent') return;
    const isRefused = behaviour !== undefined && (behaviour !== 'throttling' || asked.length === 1);
    const answer = isRefused ? REFUSALS[behaviour](input) : OPERATIONS[operation]?.(keys, input);
    const [status, body] = answer ?? refuse('UnknownOperationException');
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(body));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  stores.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return stores;
};

/** Starts such a fake, and directs the SDK and our requests to it until the environment is restored. */
export const useKeyStores = async (keys: StoredKeys, behaviour?: Behaviour): Promise<KeyStores> => {
  const stores = await startKeyStores(keys, behaviour);
  vi.stubEnv('AWS_ENDPOINT_URL_SSM', stores.url);
  vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', stores.url);
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  return stores;
};

interface Input {
  readonly SecretId: string;
  readonly VersionStage?: string;
  readonly Name: string;
  readonly Value: string;
  readonly Type: string;
  readonly Overwrite?: boolean;
  readonly WithDecryption?: boolean;
  readonly NextToken?: string;
  readonly ParameterFilters: readonly { readonly Values: readonly string[] }[];
}

type Answer = readonly [status: number, body: object];

const operationOf = ({ headers }: IncomingMessage): string =>
  String(headers['x-amz-target']).split('.').at(-1) ?? '';

const refuse = (name: string, message = 'no'): Answer => [400, { __type: name, message }];

const REFUSALS: Readonly<Record<Behaviour, (input: Input) => Answer>> = {
  silent: () => refuse('Silent'),
  denied: () => refuse('com.amazonaws#AccessDeniedException'),
  broken: () => [500, { __type: 'InternalServerError', message: 'broken' }],
  throttling: () => refuse('ThrottlingException', 'Rate exceeded'),
  quoting: ({ Value }) => refuse('ValidationException', `Value ${Value} is wrong`),
};

const found = (key: string | undefined, missing: string, body: object): Answer =>
  key === undefined ? refuse(missing, 'no such key') : [200, body];

const OPERATIONS: Readonly<Record<string, (keys: StoredKeys, input: Input) => Answer>> = {
  GetSecretValue: (keys, { SecretId, VersionStage = 'AWSCURRENT' }) => {
    const value = keys[VersionStage === 'AWSCURRENT' ? SecretId : `${SecretId} ${VersionStage}`];
    return found(value, 'ResourceNotFoundException', { SecretString: value });
  },
  DescribeSecret: (keys, { SecretId }) =>
    found(keys[SecretId], 'ResourceNotFoundException', {
      VersionIdsToStages: { older: ['AWSPREVIOUS'], [`of-${SecretId}`]: ['AWSCURRENT'] },
    }),
  GetParameter: (keys, { Name, WithDecryption }) =>
    found(keys[Name], 'ParameterNotFound', {
      Parameter: { Name, Value: WithDecryption ? keys[Name] : 'encrypted', Type: 'SecureString' },
    }),
  // The first page is empty, as it may be.
  DescribeParameters: (keys, { ParameterFilters, NextToken }) => {
    const [name = ''] = ParameterFilters[0]?.Values ?? [];
    if (NextToken === undefined) return [200, { Parameters: [], NextToken: 'next' }];
    const parameter = { Name: name, Version: 3, LastModifiedDate: 1_700_000_000 };
    return [200, { Parameters: keys[name] === undefined ? [] : [parameter] }];
  },
  PutParameter: (keys, { Name, Value, Type, Overwrite }) => {
    if (keys[Name] !== undefined && !Overwrite) return refuse('ParameterAlreadyExists');
    if (Type !== 'SecureString') return refuse('UnsupportedParameterType');
    keys[Name] = Value;
    return [200, { Version: 1, Tier: 'Standard' }];
  },
  DeleteParameter: (keys, { Name }) => {
    const key = keys[Name];
    delete keys[Name];
    return found(key, 'ParameterNotFound', {});
  },
};
