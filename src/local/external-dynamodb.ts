import { type Environment, readOptional } from '../settings/readers.ts';
import { SettingError } from '../settings/setting-error.ts';
import { StartError } from './start-error.ts';

const SETTING = 'AWS_ENDPOINT_URL_DYNAMODB';
const ANSWER_MS = 5_000;

/**
 * The DynamoDB that the environment names in place of the embedded one, if it names any. Throws a
 * SettingError when it is no address, a StartError when nothing answers there.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export const findExternalDynamoDB = async (env: Environment): Promise<string | undefined> => {
  const endpoint = readOptional(env, SETTING);
  if (endpoint === undefined) return undefined;
  if (!URL.canParse(endpoint)) {
    throw new SettingError(SETTING, 'an address such as http://localhost:8000', endpoint);
  }
  try {
    // Any status will do: without a signature it is an error, but an answer.
    await fetch(endpoint, { signal: AbortSignal.timeout(ANSWER_MS) });
  } catch (cause) {
    throw new StartError(`No DynamoDB answers at ${endpoint}, which ${SETTING} names`, { cause });
  }
  return endpoint;
};
