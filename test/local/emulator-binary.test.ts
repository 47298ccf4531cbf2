import { expect, it } from 'vitest';
import { findEmulatorBinary } from '../../src/local/emulator-binary.ts';
import { StartError } from '../../src/local/start-error.ts';

it('says what to do on other platforms', () => {
  const find = () => findEmulatorBinary('darwin-arm64');
  expect(find).toThrow(StartError);
  expect(find).toThrow(
    'There is no embedded DynamoDB for darwin-arm64, only for linux-x64. Run DynamoDB Local and ' +
      'set its address: AWS_ENDPOINT_URL_DYNAMODB=http://localhost:8000 npm start',
  );
});

it('says if the package is missing', () => {
  const find = () =>
    findEmulatorBinary('linux-x64', () => {
      throw new Error('Cannot find module');
    });
  expect(find).toThrow(StartError);
  expect(find).toThrow('The package @dynoxide/linux-x64 is not installed. Run npm ci');
});
