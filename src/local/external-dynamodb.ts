import { type Environment, readOptional } from '../settings/readers.ts';
import { SettingError } from '../settings/setting-error.ts';
import { StartError } from './start-error.ts';

const SETTING = 'AWS_ENDPOINT_URL_DYNAMODB';
const TIMEOUT_MS = 5_000;

/**
 * The endpoint of the DynamoDB to use instead of the embedded one, if the environment sets one.
 * Throws a SettingError if it is not a URL, a StartError if nothing responds there.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export const findExternalDynamoDB = async (env: Environment): Promise<string | undefined> => {
  const endpoint = readOptional(env, SETTING);
  if (endpoint === undefined) return undefined;
  if (!URL.canParse(endpoint)) {
    throw new SettingError(SETTING, 'a URL such as http://localhost:8000', endpoint);
  }
  try {
    // Any status will do. An unsigned request gets an error, but that is a response too.
    await fetch(endpoint, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (cause) {
    throw new StartError(`No DynamoDB responds at ${endpoint} (set by ${SETTING})`, { cause });
  }
  return endpoint;
};
