import { afterEach, describe, expect, it, vi } from 'vitest';
import { findEndpoint } from '../../src/runtime/aws-endpoint.ts';
import { createDocumentClient } from '../../src/tables/document-client.ts';

afterEach(() => vi.unstubAllEnvs());

const { config } = createDocumentClient({ region: 'eu-central-1' });
const hrefOf = async (...args: Parameters<typeof findEndpoint>) =>
  (await findEndpoint(...args)).href;

describe('the endpoint of a service', () => {
  it('is that of its region', async () => {
    expect(await hrefOf(config, 'dynamodb')).toBe('https://dynamodb.eu-central-1.amazonaws.com/');
    expect(await hrefOf(config, 'ssm')).toBe('https://ssm.eu-central-1.amazonaws.com/');
  });

  it('is that of its partition', async () => {
    const { config } = createDocumentClient({ region: 'cn-north-1' });
    const endpoint = 'https://secretsmanager.cn-north-1.amazonaws.com.cn/';
    expect(await hrefOf(config, 'secretsmanager')).toBe(endpoint);
  });

  it('can be set for one service or for all, like that of an SDK client', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', 'http://127.0.0.1:2');
    expect(await hrefOf(config, 'dynamodb')).toBe('http://127.0.0.1:2/');
    expect(await hrefOf(config, 'ssm')).toBe('http://127.0.0.1:1/');
  });
});
