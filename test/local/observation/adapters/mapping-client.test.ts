import { expect, it } from 'vitest';
import {
  createMappingClient,
  MAPPING_ID,
} from '../../../../src/local/observation/adapters/mapping-client.ts';
import { readMappingState } from '../../../../src/reporter/mapping-state.ts';

it('tells the reporter the state of the mapping on this machine', async () => {
  let state = 'Enabled';
  const client = createMappingClient(() => state);
  expect(await readMappingState(client, MAPPING_ID)).toBe('Enabled');
  state = 'Disabled';
  expect(await readMappingState(client, MAPPING_ID)).toBe('Disabled');
});
