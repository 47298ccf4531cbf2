import { expect, it } from 'vitest';
import { findExternalDynamoDB } from '../../src/local/external-dynamodb.ts';
import { StartError } from '../../src/local/start-error.ts';
import { SettingError } from '../../src/settings/setting-error.ts';

it('is undefined unless the environment sets one', async () => {
  expect(await findExternalDynamoDB({})).toBeUndefined();
});

it('stops the start if it is not a URL', async () => {
  const given = findExternalDynamoDB({ AWS_ENDPOINT_URL_DYNAMODB: 'localhost' });
  await expect(given).rejects.toThrow(SettingError);
  await expect(given).rejects.toThrow('AWS_ENDPOINT_URL_DYNAMODB must be a URL');
});

it('stops the start if nothing responds there', async () => {
  const given = findExternalDynamoDB({ AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1' });
  await expect(given).rejects.toThrow(StartError);
  await expect(given).rejects.toThrow('No DynamoDB responds at http://127.0.0.1:1');
});
