import { afterEach, expect, it, vi } from 'vitest';
import { readSecret } from '../../src/ingest/read-secret.ts';
import { startSecretsManager } from '../support/fake-secrets-manager.ts';
import { withFastTimers } from '../support/fast-timers.ts';

afterEach(() => vi.unstubAllEnvs());

const useSecrets = async (secrets: Parameters<typeof startSecretsManager>[0]): Promise<void> => {
  vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', await startSecretsManager(secrets));
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
};

it('reads the text of a secret', async () => {
  await useSecrets({ 'the-key': 'k'.repeat(64) });
  expect(await readSecret('the-key')).toBe('k'.repeat(64));
});

it('throws when there is no such secret', async () => {
  await useSecrets({});
  await expect(readSecret('the-key')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

it('gives up on a Secrets Manager that does not respond, while the browser still waits', async () => {
  await useSecrets('silent');
  await withFastTimers(async () => {
    const started = Date.now();
    await expect(readSecret('the-key')).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(Date.now() - started).toBeLessThan(4_500);
  });
});
