import { afterEach, expect, it, vi } from 'vitest';
import { readEdgeSecrets } from '../../src/http/read-edge-secrets.ts';
import { createDocumentClient } from '../../src/tables/document-client.ts';
import { useKeyStores } from '../support/fake-key-stores.ts';

afterEach(() => vi.unstubAllEnvs());

const NEW = 'n'.repeat(32);
const OLD = 'o'.repeat(32);
const read = () => readEdgeSecrets(createDocumentClient(), 'edge');

it('reads the current value, and the previous one once there is one', async () => {
  const keys: Record<string, string> = { edge: `${OLD}\n` };
  await useKeyStores(keys);
  expect(await read()).toEqual([OLD]);
  Object.assign(keys, { edge: NEW, 'edge AWSPREVIOUS': OLD });
  expect(await read()).toEqual([NEW, OLD]);
  delete keys['edge AWSPREVIOUS'];
  expect(await read()).toEqual([NEW]);
});

it.each(['short', '', `{"secret":"${NEW}","and":1}`])(
  'leaves out the previous value %j, which no edge can have sent',
  async (previous) => {
    await useKeyStores({ edge: NEW, 'edge AWSPREVIOUS': previous });
    expect(await read()).toEqual([NEW]);
  },
);

it.each(['short', `${NEW} ${OLD}`, `{"secret":"${NEW}","and":1}`])(
  'refuses the current value %j without showing it',
  async (current) => {
    await useKeyStores({ edge: current, 'edge AWSPREVIOUS': OLD });
    const error = await read().catch((thrown: Error) => thrown);
    expect(error).toMatchObject({
      message: 'The secret must be a text of 32 to 1024 visible ASCII characters without commas',
    });
  },
);

it('throws when there is no such secret, and when it is denied', async () => {
  const stores = await useKeyStores({});
  await expect(read()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  stores.behaviour = 'denied';
  await expect(read()).rejects.toMatchObject({ name: 'AccessDeniedException' });
});
