import { randomBytes } from 'node:crypto';
import { DeleteParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { answer } from '../custom-resource/answer.ts';
import type { Resource, ResourceRequest } from '../custom-resource/resource-request.ts';
import { createClient, LIMITS } from '../runtime/aws-client.ts';

/** What the template says about the key. */
export interface HashKeyProperties {
  readonly ParameterName: string;
}

/** A client for Parameter Store, which gives up after 30 seconds. */
export const createParameterClient = (): SSMClient => createClient(SSMClient, LIMITS.deployment);

/**
 * The handler of the custom resource that is the generated hash key: a parameter of type SecureString,
 * encrypted with the key `aws/ssm`. The key is made here, once, and appears in no response, output or log.
 *
 * - Create makes the parameter, or uses an existing one as it is: it never overwrites a key.
 * - Update changes nothing, and fails for another name: that takes another resource.
 * - Delete deletes the parameter if this resource made it. A key that was there before stays, because the
 *   rows of another stack, such as a deleted one whose tables were kept, may need it.
 *
 * Returns once CloudFormation has taken the response, whatever it says; otherwise it throws.
 */
export const createHashKeyHandler =
  (client: SSMClient) =>
  (request: ResourceRequest<HashKeyProperties>): Promise<void> =>
    answer(request, () => fulfil(client, request));

/** Does what is asked. The resource has no data, so CloudFormation never sees a key. */
const fulfil = async (
  client: SSMClient,
  { RequestType, PhysicalResourceId = '', ResourceProperties }: ResourceRequest<HashKeyProperties>,
): Promise<Resource> => {
  const name = ResourceProperties.ParameterName;
  if (RequestType === 'Create') return { PhysicalResourceId: await createKey(client, name) };
  if (RequestType === 'Delete' && PhysicalResourceId === madeId(name)) {
    await deleteKey(client, name);
  }
  const isKnown = [madeId(name), existingId(name)].includes(PhysicalResourceId);
  if (RequestType === 'Update' && !isKnown) {
    throw new RangeError(`The parameter must stay ${PhysicalResourceId}, but it would be ${name}`);
  }
  return { PhysicalResourceId };
};

const madeId = (name: string): string => `${name} (made)`;

const existingId = (name: string): string => `${name} (existing)`;

// The longest key of HMAC-SHA-256 that is not hashed first has 64 bytes.
// https://www.rfc-editor.org/rfc/rfc2104#section-2
const KEY_BYTES = 48;

const createKey = async (client: SSMClient, Name: string): Promise<string> => {
  const Value = randomBytes(KEY_BYTES).toString('base64url');
  try {
    // Without Overwrite, it refuses to replace an existing parameter.
    await client.send(
      new PutParameterCommand({ Name, Value, Description, Type: 'SecureString', Tier: 'Standard' }),
    );
    return madeId(Name);
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'ParameterAlreadyExists') return existingId(Name);
    // A message about a wrong input may quote it.
    throw Object.assign(new Error(message.replaceAll(Value, '(the key)')), { name });
  }
};

const Description =
  'The key of the session hash. With another key, every visitor is a new session.';

const deleteKey = async (client: SSMClient, Name: string): Promise<void> => {
  try {
    await client.send(new DeleteParameterCommand({ Name }));
  } catch (error) {
    if ((error as Error).name !== 'ParameterNotFound') throw error;
  }
};
