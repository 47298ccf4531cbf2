import type { Resource, ResourceOutcome, ResourceRequest } from './resource-request.ts';
import { respond } from './respond.ts';

/**
 * Fulfils a request and responds to CloudFormation: with the resource, or with why it failed. Returns once
 * CloudFormation has taken the response, whatever it says; otherwise it throws.
 */
export const answer = async (
  request: ResourceRequest<unknown>,
  fulfil: () => Promise<Resource>,
): Promise<void> => respond(request, await attempt(request, fulfil));

// The id of a resource whose creation failed: CloudFormation then asks to delete it.
const NOTHING = 'nothing';

const attempt = async (
  { PhysicalResourceId = NOTHING }: ResourceRequest<unknown>,
  fulfil: () => Promise<Resource>,
): Promise<ResourceOutcome> => {
  try {
    return { Status: 'SUCCESS', ...(await fulfil()) };
  } catch (error) {
    const { name, message } = error as Error;
    return { Status: 'FAILED', PhysicalResourceId, Reason: `${name}: ${message}` };
  }
};
