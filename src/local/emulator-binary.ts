import { createRequire } from 'node:module';
import { StartError } from './start-error.ts';

const PLATFORM = 'linux-x64';
const PACKAGE = `@dynoxide/${PLATFORM}`;

/** The path of the emulator's binary. Throws a StartError that says what to do if there is none. */
export const findEmulatorBinary = (
  platform: string = `${process.platform}-${process.arch}`,
  resolve: (path: string) => string = createRequire(import.meta.url).resolve,
): string => {
  if (platform !== PLATFORM) {
    throw new StartError(
      `There is no embedded DynamoDB for ${platform}, only for ${PLATFORM}. Run DynamoDB Local ` +
        'and set its address: AWS_ENDPOINT_URL_DYNAMODB=http://localhost:8000 npm start',
    );
  }
  try {
    return resolve(`${PACKAGE}/dynoxide`);
  } catch (cause) {
    const message = `The package ${PACKAGE} is not installed. Run npm ci, including optional dependencies`;
    throw new StartError(message, { cause });
  }
};
