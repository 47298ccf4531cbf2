import { afterEach, expect, it, vi } from 'vitest';
import { createReadKey } from '../../src/ingest/read-key.ts';
import { createDocumentClient } from '../../src/tables/document-client.ts';
import { useKeyStores } from '../support/fake-key-stores.ts';

afterEach(() => vi.unstubAllEnvs());

const KEY = 'k'.repeat(64);

it('reads and decrypts the value of a parameter', async () => {
  await useKeyStores({ '/the/key': KEY });
  const readKey = createReadKey(createDocumentClient());
  expect(await readKey({ parameter: '/the/key' })).toBe(KEY);
});

it('reads the text of a secret', async () => {
  await useKeyStores({ 'the-key': KEY });
  const readKey = createReadKey(createDocumentClient());
  expect(await readKey({ secretId: 'the-key' })).toBe(KEY);
});

it('throws when there is no such parameter or secret', async () => {
  await useKeyStores({});
  const readKey = createReadKey(createDocumentClient());
  await expect(readKey({ parameter: '/no' })).rejects.toMatchObject({ name: 'ParameterNotFound' });
  const missing = { name: 'ResourceNotFoundException', message: 'no such key' };
  await expect(readKey({ secretId: 'no' })).rejects.toMatchObject(missing);
});
